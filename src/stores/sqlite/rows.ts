import type { ChannelName, Entry, Message, MessageId, Seq } from "../../core/message.ts";
import { type Epoch, messageId } from "../../core/message-id.ts";

/** What `entryColumns` select. */
export interface EntryRow {
  readonly seq: Seq;
  readonly prev: Seq;
  readonly channel: ChannelName;
  readonly accepted_at: number;
  readonly sender: string | null;
  readonly content: string | null;
  readonly id: MessageId | null;
  readonly count: number | null;
}

/** From `entries e JOIN channels c ON c.id = e.channel_id`. */
export const entryColumns = "e.seq, e.prev, c.name AS channel, e.accepted_at, e.sender, e.content, e.id, e.count";

export function toEntry(epoch: Epoch, row: EntryRow): Entry {
  if (row.count === null) return toMessage(epoch, row);
  const { seq, prev, channel, count } = row;
  return { kind: "cleared", seq, prev, id: messageId(epoch, seq), channel, acceptedAt: toMs(row.accepted_at), count };
}

/** For statements that select messages only. */
export function toMessage(epoch: Epoch, row: EntryRow): Message {
  const { seq, prev, channel } = row;
  return {
    kind: "message",
    seq,
    prev,
    id: row.id ?? messageId(epoch, seq),
    channel,
    acceptedAt: toMs(row.accepted_at),
    sender: row.sender ?? "",
    content: row.content ?? "",
  };
}

/** Times are whole microseconds in the database, so that they are exact and compare as numbers. */
export const toMicros = (ms: number): number => Math.round(ms * 1000);

export const toMs = (micros: number): number => micros / 1000;
