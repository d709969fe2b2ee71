import type { ChannelName, MessageId, Seq } from "../core/message.ts";
import type { ChannelSummary } from "../core/store.ts";
import { messageFrom, type ReceivedMessage } from "./received.ts";
import { type Fields, fieldsOf, flag, isFields, list, number, optionalText, text, texts, time } from "./shape.ts";

/** What the bridge's answers are in the client's words; the wire's are in docs/http-api.md. */

/** Why a page is not simply what came after the cursor. */
export type PageWarning =
  | "since_id_not_found"
  | "channel_cleared"
  | "channel_restored"
  | "history_pruned"
  | (string & {});

export interface Page {
  /** Oldest first. */
  readonly messages: readonly ReceivedMessage[];
  /** The `sinceId` of the next page; absent when there is nothing yet to read on from. */
  readonly nextCursor: string | undefined;
  /** By channel, the last entry on the page: what a consumer acknowledges. Empty when no cursor was given. */
  readonly lastIds: Readonly<Record<string, string>>;
  readonly warning: PageWarning | undefined;
  /** Who cleared the channel, or undid it, where the warning is of that. */
  readonly warningBy: string | undefined;
  readonly hasMore: boolean;
  /** Messages that the page leaves out: newer ones after a cursor, older ones where none was given. */
  readonly remaining: number;
}

export function pageFrom(value: unknown): Page {
  const fields = fieldsOf(value);
  const { last_ids: lastIds } = fields;
  return {
    messages: list(fields, "messages").map(messageFrom),
    nextCursor: optionalText(fields, "next_cursor"),
    lastIds: isFields(lastIds) ? textsIn(lastIds) : {},
    warning: optionalText(fields, "warning"),
    warningBy: optionalText(fields, "warning_by"),
    hasMore: flag(fields, "has_more"),
    remaining: number(fields, "remaining"),
  };
}

export interface WaitPage extends Page {
  /** Nothing came: wait again with the same cursor. */
  readonly timedOut: boolean;
}

export const waitPageFrom = (value: unknown): WaitPage => ({
  ...pageFrom(value),
  timedOut: flag(fieldsOf(value), "timed_out"),
});

export interface FoundMessage extends ReceivedMessage {
  /** The content as JSON, null when it is not. */
  readonly contentParsed: unknown;
  /** Of the content in UTF-8. */
  readonly bytes: number;
}

export function foundFrom(value: unknown): FoundMessage {
  const fields = fieldsOf(value);
  return { ...messageFrom(fields), contentParsed: fields["content_parsed"], bytes: number(fields, "bytes") };
}

export interface Acknowledged {
  readonly consumerId: string;
  readonly channel: ChannelName;
  /** Where the consumer's place is now. */
  readonly lastSeq: Seq;
  readonly lastMessageId: MessageId;
  /** Milliseconds since the Unix epoch. */
  readonly updatedAt: number;
  /** False when it was there or further already. */
  readonly advanced: boolean;
}

export function acknowledgedFrom(value: unknown): Acknowledged {
  const fields = fieldsOf(value);
  return {
    consumerId: text(fields, "consumer_id"),
    channel: text(fields, "channel") as ChannelName,
    lastSeq: number(fields, "last_seq") as Seq,
    lastMessageId: text(fields, "last_message_id") as MessageId,
    updatedAt: time(fields, "updated_at"),
    advanced: flag(fields, "advanced"),
  };
}

export interface ChannelList {
  /** By name; only those that have messages. */
  readonly channels: readonly ChannelSummary[];
  readonly totalMessages: number;
}

export function channelsFrom(value: unknown): ChannelList {
  const fields = fieldsOf(value);
  return { channels: list(fields, "channels").map(summaryFrom), totalMessages: number(fields, "total_messages") };
}

function summaryFrom(value: unknown): ChannelSummary {
  const fields = fieldsOf(value);
  return {
    channel: text(fields, "id") as ChannelName,
    messages: number(fields, "count"),
    lastAcceptedAt: time(fields, "last_ts_full"),
    senders: texts(fields, "senders"),
  };
}

const textsIn = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter((member): member is [string, string] => typeof member[1] === "string"),
  );

export interface ClearAnswer {
  readonly channel: ChannelName;
  /** Messages that were deleted; 0 for a channel that had none. */
  readonly cleared: number;
  /** The id to undo it with, and until when, in milliseconds since the Unix epoch; undefined when nothing was deleted. */
  readonly undo: { readonly id: MessageId; readonly until: number } | undefined;
}

export function clearAnswerFrom(value: unknown): ClearAnswer {
  const fields = fieldsOf(value);
  const id = optionalText(fields, "id");
  return {
    channel: text(fields, "channel") as ChannelName,
    cleared: number(fields, "cleared"),
    undo: id === undefined ? undefined : { id: id as MessageId, until: time(fields, "undo_until") },
  };
}

export interface UndoAnswer {
  readonly channel: ChannelName;
  /** Messages that are back. */
  readonly restored: number;
}

export function undoAnswerFrom(value: unknown): UndoAnswer {
  const fields = fieldsOf(value);
  return { channel: text(fields, "channel") as ChannelName, restored: number(fields, "restored") };
}
