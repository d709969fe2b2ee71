import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import type { Draft, Message } from "../../core/message.ts";
import { type Epoch, messageId } from "../../core/message-id.ts";
import type { Appended } from "../../core/store.ts";
import { keyConflict, tooManyChannels } from "../refusals.ts";
import type { Account } from "./channel-rows.ts";
import type { Ledger } from "./ledger.ts";
import { prepare } from "./prepare.ts";
import { entryColumns, type EntryRow, toMessage, toMicros, toMs } from "./rows.ts";

export interface AppendOptions {
  readonly epoch: Epoch;
  readonly clock: Clock;
  readonly maxChannels: () => number;
}

/** Looks before it writes: a refused draft has changed nothing, so it needs no savepoint. */
export function prepareAppend(database: DatabaseSync, { epoch, clock, maxChannels }: AppendOptions) {
  const sentWithKey = prepare<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entries e JOIN channels c ON c.id = e.channel_id
     WHERE e.channel_id = ? AND e.sender = ? AND e.idempotency_key = ?`,
  );
  const insert = prepare(
    database,
    `INSERT INTO entries (seq, channel_id, prev, ordinal, accepted_at, sender, content, idempotency_key)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  function sentEarlier(account: Account | undefined, { sender, idempotencyKey }: Draft): Message | undefined {
    if (account === undefined || idempotencyKey === undefined) return undefined;
    const row = sentWithKey.get(account.id, sender, idempotencyKey);
    return row === undefined ? undefined : toMessage(epoch, row);
  }

  return (ledger: Ledger, draft: Draft): Appended => {
    const { channel, sender, content, idempotencyKey = null } = draft;
    const known = ledger.known(channel);
    const earlier = sentEarlier(known, draft);
    if (earlier?.content === content) return { kind: "appended", message: earlier, isNew: false };
    if (earlier !== undefined) return { kind: "refused", error: keyConflict() };
    if ((known === undefined || known.messages === 0) && ledger.channels >= maxChannels()) {
      return { kind: "refused", error: tooManyChannels(maxChannels()) };
    }

    const account = known ?? ledger.open(channel);
    const acceptedAt = toMicros(clock.now());
    const { seq, prev } = ledger.place(account);
    ledger.countMessage(account, sender, acceptedAt);
    insert.run(seq, account.id, prev, account.ordinal, acceptedAt, sender, content, idempotencyKey);
    const id = messageId(epoch, seq);
    const message = { kind: "message" as const, seq, prev, id, channel, acceptedAt: toMs(acceptedAt), sender, content };
    return { kind: "appended", message, isNew: true };
  };
}
