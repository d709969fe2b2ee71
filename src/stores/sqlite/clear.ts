import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import type { ChannelName, Cleared } from "../../core/message.ts";
import { type Epoch, messageId } from "../../core/message-id.ts";
import type { Ledger } from "./ledger.ts";
import { prepare } from "./prepare.ts";
import { toMicros, toMs } from "./rows.ts";

export function prepareClear(database: DatabaseSync, epoch: Epoch, clock: Clock) {
  const deleteEntries = prepare(database, "DELETE FROM entries WHERE channel_id = ?");
  const insert = prepare(
    database,
    "INSERT INTO entries (seq, channel_id, prev, ordinal, accepted_at, count) VALUES (?, ?, ?, ?, ?, ?)",
  );

  return (ledger: Ledger, channel: ChannelName): Cleared | undefined => {
    const account = ledger.known(channel);
    if (account === undefined || account.messages === 0) return undefined;
    const count = account.messages;
    const acceptedAt = toMicros(clock.now());
    deleteEntries.run(account.id);
    ledger.forgetMessages(account);
    const { seq, prev } = ledger.place(account);
    insert.run(seq, account.id, prev, account.ordinal, acceptedAt, count);
    return { kind: "cleared", seq, prev, id: messageId(epoch, seq), channel, acceptedAt: toMs(acceptedAt), count };
  };
}
