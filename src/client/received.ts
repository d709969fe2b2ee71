import type { Envelope } from "../core/envelope.ts";
import type { ChannelName, Cleared, Message, MessageId, Seq } from "../core/message.ts";
import type { WireMessage } from "../core/wire.ts";
import { type Fields, fieldsOf, flag, isFields, number, optionalText, text, time } from "./shape.ts";

/** A message as the bridge gives it: what the core knows of it, and what readers are told beside that. */
export interface ReceivedMessage extends Message {
  /** The first 200 characters. */
  readonly preview: string;
  /** The content begins like a JSON object or array, and parses. */
  readonly isJson: boolean;
  /** What the content is. Told on pages and by `find`, not on subscriptions. */
  readonly encoding?: WireMessage["encoding"] | undefined;
  /** The envelope, as it was stored, where `encoding` is `structured`. */
  readonly envelope?: Envelope | undefined;
  readonly parseWarning?: string | undefined;
}

/** Everything in the channel before it was deleted. */
export type ReceivedClear = Cleared;

export function messageFrom(value: unknown): ReceivedMessage {
  const fields = fieldsOf(value);
  const { message } = fields;
  return {
    kind: "message",
    ...placeFrom(fields),
    sender: text(fields, "sender"),
    content: text(fields, "content"),
    preview: text(fields, "preview"),
    isJson: flag(fields, "is_json"),
    encoding: optionalText(fields, "encoding") as WireMessage["encoding"] | undefined,
    // The bridge has checked it against the envelope's schema before it calls it one.
    envelope: isFields(message) ? (message as Envelope) : undefined,
    parseWarning: optionalText(fields, "parse_warning"),
  };
}

export function clearFrom(value: unknown): ReceivedClear {
  const fields = fieldsOf(value);
  return { kind: "cleared", ...placeFrom(fields), count: number(fields, "cleared") };
}

function placeFrom(fields: Fields) {
  return {
    seq: number(fields, "seq") as Seq,
    prev: number(fields, "prev") as Seq,
    id: text(fields, "id") as MessageId,
    channel: text(fields, "channel") as ChannelName,
    acceptedAt: time(fields, "timestamp"),
  };
}
