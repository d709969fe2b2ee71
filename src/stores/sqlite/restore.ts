import type { DatabaseSync } from "node:sqlite";
import type { Actor } from "../../core/audit.ts";
import { undoMs } from "../../core/limits.ts";
import type { MessageId, Restored, Seq } from "../../core/message.ts";
import { messageId, seqOf } from "../../core/message-id.ts";
import { tooManyChannels } from "../refusals.ts";
import type { ClearOptions } from "./clear.ts";
import type { Ledger } from "./ledger.ts";
import { prepare } from "./prepare.ts";
import { byPart, toMicros, toMs } from "./rows.ts";

export interface RestoreOptions extends Omit<ClearOptions, "sweep"> {
  readonly maxChannels: () => number;
}

interface ClearRow {
  readonly channelId: number;
  readonly count: number;
}

/** Undoes a clear that is still the oldest entry of its channel: what it deleted and what came since become one again. */
export function prepareRestore(database: DatabaseSync, { epoch, clock, audit, maxChannels }: RestoreOptions) {
  const abandoned = prepare<{ id: number }>(database, "SELECT channel_id AS id FROM cleared WHERE seq = ? AND at > ?");
  const clearAt = prepare<ClearRow>(
    database,
    "SELECT channel_id AS channelId, count FROM entries JOIN channels ON channels.id = channel_id WHERE seq = ? AND count > 0",
  );
  const oldest = prepare<{ seq: Seq | null }>(database, "SELECT MIN(seq) AS seq FROM entries WHERE channel_id = ?");
  const forgetUndo = prepare(database, "DELETE FROM cleared WHERE channel_id = ?");
  const mark = prepare(database, "UPDATE entries SET count = -count WHERE seq = ?");
  const insert = prepare(
    database,
    "INSERT INTO entries (seq, channel_id, prev, ordinal, accepted_at, sender, count) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const merge = prepareMerge(database);

  return (ledger: Ledger, id: MessageId, by?: Actor): Restored | undefined => {
    const clearSeq = seqOf(epoch, id);
    if (clearSeq === undefined) return undefined;
    const old = abandoned.get(clearSeq, toMicros(clock.now() - undoMs));
    const cleared = clearAt.get(clearSeq);
    if (old === undefined || cleared === undefined || oldest.get(cleared.channelId)?.seq !== clearSeq) return undefined;
    const account = ledger.at(cleared.channelId);
    if (account.messages === 0 && ledger.channels >= maxChannels()) throw tooManyChannels(maxChannels());

    const isOldLarger = cleared.count > account.messages;
    merge(old.id, account.id, isOldLarger);
    forgetUndo.run(old.id);
    ledger.restoreMessages(account, cleared.count, isOldLarger ? old.id : account.id);
    mark.run(clearSeq);
    const acceptedAt = toMicros(clock.now());
    const { seq, prev } = ledger.place(account);
    insert.run(seq, account.id, prev, account.ordinal, acceptedAt, by?.name ?? null, -cleared.count);
    const { name: channel } = account;
    if (by !== undefined) audit.record([{ ...by.source, event: "undo", channel, seq }]);
    const placed = { kind: "restored" as const, seq, prev, id: messageId(epoch, seq), channel };
    return { ...placed, acceptedAt: toMs(acceptedAt), count: cleared.count, ...byPart(by?.name) };
  };
}

/** Gives the rows of one channel id to the other: those that are fewer, as it costs some 10 µs each. */
function prepareMerge(database: DatabaseSync) {
  const dropUsedKeys = prepare(
    database,
    `UPDATE entries SET idempotency_key = NULL
     WHERE channel_id = ?1 AND idempotency_key IS NOT NULL AND EXISTS (
       SELECT 1 FROM entries newer
       WHERE newer.channel_id = ?2 AND newer.sender = entries.sender AND newer.idempotency_key = entries.idempotency_key
     )`,
  );
  const moveEntries = prepare(database, "UPDATE entries SET channel_id = ?2 WHERE channel_id = ?1");
  const addSenders = prepare(
    database,
    `INSERT INTO senders (channel_id, sender, messages) SELECT ?2, sender, messages FROM senders WHERE channel_id = ?1
     ON CONFLICT DO UPDATE SET messages = messages + excluded.messages`,
  );
  const forgetSenders = prepare(database, "DELETE FROM senders WHERE channel_id = ?");

  return (oldId: number, newId: number, isOldKept: boolean): void => {
    // A key that was used anew since is the newer message's.
    dropUsedKeys.run(oldId, newId);
    const [from, into] = isOldKept ? [newId, oldId] : [oldId, newId];
    moveEntries.run(from, into);
    addSenders.run(from, into);
    forgetSenders.run(from);
  };
}
