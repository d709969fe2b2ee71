import type { Envelope } from "../core/envelope.ts";
import type { ChannelName, Cleared, Message, MessageId, Restored, Seq } from "../core/message.ts";
import type { Provenance } from "../core/provenance.ts";
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

/** A clear was undone: what is before it in the channel is there again, for a reader who has read past it too. */
export type ReceivedRestore = Restored;

/** What is told of a message in a list: all but its text and what is in it. */
export type MessageRow = Omit<ReceivedMessage, "content" | "envelope" | "parseWarning">;

export function rowFrom(value: unknown): MessageRow {
  const fields = fieldsOf(value);
  return {
    kind: "message",
    ...placeFrom(fields),
    sender: text(fields, "sender"),
    provenance: provenanceFrom(fields["provenance"]),
    preview: text(fields, "preview"),
    isJson: flag(fields, "is_json"),
    encoding: optionalText(fields, "encoding") as WireMessage["encoding"] | undefined,
  };
}

export function messageFrom(value: unknown): ReceivedMessage {
  const fields = fieldsOf(value);
  const { message } = fields;
  return {
    ...rowFrom(fields),
    content: text(fields, "content"),
    // The bridge has checked it against the envelope's schema before it calls it one.
    envelope: isFields(message) ? (message as Envelope) : undefined,
    parseWarning: optionalText(fields, "parse_warning"),
  };
}

export function clearFrom(value: unknown): ReceivedClear {
  const fields = fieldsOf(value);
  return { kind: "cleared", ...placeFrom(fields), count: number(fields, "cleared"), by: optionalText(fields, "by") };
}

export function restoreFrom(value: unknown): ReceivedRestore {
  const fields = fieldsOf(value);
  return { kind: "restored", ...placeFrom(fields), count: number(fields, "restored"), by: optionalText(fields, "by") };
}

/** Bridges before there was one say nothing of it. */
function provenanceFrom(value: unknown): Provenance {
  if (!isFields(value)) return { principal: "local", kind: "local", via: "unknown", hops: 0 };
  const label = optionalText(value, "label");
  return {
    principal: text(value, "principal"),
    // Closed lists of the bridge; a newer one may know more words, which are handed on.
    kind: text(value, "kind") as Provenance["kind"],
    via: text(value, "via") as Provenance["via"],
    hops: number(value, "hops"),
    ...(label === undefined ? {} : { label }),
  };
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
