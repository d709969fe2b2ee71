import type { DatabaseSync } from "node:sqlite";
import type { Actor } from "../../core/audit.ts";
import type { Clock } from "../../core/clock.ts";
import type { ChannelName, Cleared } from "../../core/message.ts";
import { type Epoch, messageId } from "../../core/message-id.ts";
import type { AuditWriter } from "./audit.ts";
import type { Ledger } from "./ledger.ts";
import { prepare } from "./prepare.ts";
import { byPart, toMicros, toMs } from "./rows.ts";
import type { Sweep } from "./sweep.ts";

export interface ClearOptions {
  readonly epoch: Epoch;
  readonly clock: Clock;
  readonly sweep: Sweep;
  readonly audit: AuditWriter;
}

/** How long a clear deletes rows itself where there is no room, in milliseconds: long enough for some hundred messages. */
const firstSweepMs = 1;

/**
 * However many messages it deletes, it takes a moment: all are gone at once, and their rows are swept up when the clear
 * can no longer be undone.
 */
export function prepareClear(database: DatabaseSync, { epoch, clock, sweep, audit }: ClearOptions) {
  const insert = prepare(
    database,
    "INSERT INTO entries (seq, channel_id, prev, ordinal, accepted_at, sender, count) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );

  const letUndo = prepare(database, "UPDATE cleared SET seq = ?, at = ? WHERE channel_id = ?");

  return (ledger: Ledger, channel: ChannelName, by?: Actor): Cleared | undefined => {
    const account = ledger.known(channel);
    if (account === undefined || account.messages === 0) return undefined;
    const { id, messages: count } = account;
    const acceptedAt = toMicros(clock.now());
    ledger.forgetMessages(account);
    // First, so that in a full file there is room for the rest.
    if (sweep.isSpaceNeeded()) sweep.workOn(id, performance.now() + firstSweepMs);
    const { seq, prev } = ledger.place(account);
    insert.run(seq, account.id, prev, account.ordinal, acceptedAt, by?.name ?? null, count);
    if (!sweep.isSpaceNeeded()) letUndo.run(seq, acceptedAt, id);
    if (by !== undefined) audit.record([{ ...by.source, event: "clear", channel, seq }]);
    const placed = { kind: "cleared" as const, seq, prev, id: messageId(epoch, seq), channel };
    return { ...placed, acceptedAt: toMs(acceptedAt), count, ...byPart(by?.name) };
  };
}
