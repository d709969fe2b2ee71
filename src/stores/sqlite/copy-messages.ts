import type { DatabaseSync } from "node:sqlite";
import type { ChannelName, MessageId, Seq } from "../../core/message.ts";
import { principalKinds } from "../../core/principal.ts";
import { ways } from "../../core/provenance.ts";
import type { Ledger } from "./ledger.ts";
import { parseOriginalTime } from "./original-time.ts";
import { prepare } from "./prepare.ts";

/** A message of another database, without its text: that goes from table to table as it is, byte for byte. */
export interface ForeignRow {
  readonly seq: Seq;
  readonly id: MessageId;
  readonly channel: ChannelName;
  readonly sender: string;
  readonly timestamp: string;
}

export const foreignColumns =
  "seq, CAST(id AS TEXT) AS id, CAST(channel AS TEXT) AS channel, CAST(sender AS TEXT) AS sender, timestamp";

/**
 * Copies single messages from `table`, which has the original's columns, into the log. What our own rules would
 * refuse (blank names, long texts) is copied too: it was accepted once.
 */
export function prepareCopy(database: DatabaseSync, table: string) {
  const insert = prepare(
    database,
    `INSERT INTO entries (seq, channel_id, prev, ordinal, accepted_at, sender, id, principal, kind, via, hops, content)
     SELECT ?, ?, ?, ?, ?, ?, ?, 'local', ${principalKinds.indexOf("local")}, ${ways.indexOf("import")}, 0, CAST(content AS TEXT) FROM ${table} WHERE seq = ?`,
  );
  let latest = 0;

  /** @param to the seq to give it; without one, the log's next. */
  return (ledger: Ledger, { seq: from, id, channel, sender, timestamp }: ForeignRow, to?: Seq): void => {
    // A message whose time nobody can read is as old as the one before it.
    const acceptedAt = parseOriginalTime(timestamp) ?? latest;
    latest = acceptedAt;
    const account = ledger.open(channel);
    const { seq, prev } = ledger.place(account, to);
    ledger.countMessage(account, sender, acceptedAt);
    insert.run(seq, account.id, prev, account.ordinal, acceptedAt, sender, id, from);
  };
}
