import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import { maxCursors } from "../../core/limits.ts";
import type { ChannelName, ConsumerId, Entry, MessageId, Seq } from "../../core/message.ts";
import type { Advanced, Cursor } from "../../core/store.ts";
import { tooManyCursors } from "../refusals.ts";
import type { Ledger } from "./ledger.ts";
import { prepare } from "./prepare.ts";
import { toMicros, toMs } from "./rows.ts";

interface CursorRow {
  readonly seq: Seq;
  readonly message_id: MessageId;
  readonly updated_at: number;
}

export interface CursorRows {
  read(consumer: ConsumerId, channel: ChannelName): Cursor | undefined;
  advance(ledger: Ledger, consumer: ConsumerId, to: Entry): Advanced;
}

export function prepareCursors(database: DatabaseSync, clock: Clock): CursorRows {
  const readCursor = prepare<CursorRow>(
    database,
    "SELECT seq, message_id, updated_at FROM cursors WHERE channel = ? AND consumer = ?",
  );
  const writeCursor = prepare(
    database,
    `INSERT INTO cursors (channel, consumer, seq, message_id, updated_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET seq = excluded.seq, message_id = excluded.message_id, updated_at = excluded.updated_at`,
  );

  function read(consumer: ConsumerId, channel: ChannelName): Cursor | undefined {
    const row = readCursor.get(channel, consumer);
    return row && { seq: row.seq, messageId: row.message_id, updatedAt: toMs(row.updated_at) };
  }

  return {
    read,
    advance(ledger, consumer, { channel, seq, id }) {
      const cursor = read(consumer, channel);
      if (cursor !== undefined && cursor.seq >= seq) return { cursor, advanced: false };
      if (cursor === undefined && ledger.cursors >= maxCursors) throw tooManyCursors();
      const account = ledger.open(channel);
      const updatedAt = toMicros(clock.now());
      writeCursor.run(channel, consumer, seq, id, updatedAt);
      if (cursor === undefined) ledger.countCursor();
      // The channel may have been forgotten since the entry was read.
      ledger.skipTo(seq, account);
      return { cursor: { seq, messageId: id, updatedAt: toMs(updatedAt) }, advanced: true };
    },
  };
}
