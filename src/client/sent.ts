import type { ChannelName, MessageId, Seq } from "../core/message.ts";
import { type Receipt, receiptsIn } from "./receipt.ts";
import { fieldsOf, flag, number, optionalText, text, texts, time } from "./shape.ts";

export interface Sent {
  readonly id: MessageId;
  readonly seq: Seq;
  readonly channel: ChannelName;
  readonly sender: string;
  /** Milliseconds since the Unix epoch. */
  readonly acceptedAt: number;
  /** The key was used before, perhaps by a try of this very call whose answer was lost: this is the first message. */
  readonly deduplicated: boolean;
  /** How far the message is known to have got; words of newer bridges are handed on. */
  readonly receipt: "stored" | "held" | (string & {});
  /** One for each agent that it is for. */
  readonly receipts: readonly Receipt[];
  /** What will happen to it, in a sentence. */
  readonly next: string | undefined;
  /** Of a recipient whom nobody knows, with the nearest names. */
  readonly note: string | undefined;
  /** What in the message looks like a credential, and where; for people. */
  readonly warnings: readonly string[];
}

export function sentFrom(value: unknown): Sent {
  const fields = fieldsOf(value);
  return {
    id: text(fields, "id") as MessageId,
    seq: number(fields, "seq") as Seq,
    channel: text(fields, "channel") as ChannelName,
    sender: text(fields, "sender"),
    acceptedAt: time(fields, "timestamp"),
    deduplicated: flag(fields, "deduplicated"),
    receipt: text(fields, "receipt"),
    receipts: fields["receipts"] === undefined ? [] : receiptsIn(fields),
    next: optionalText(fields, "next"),
    note: optionalText(fields, "note"),
    warnings: texts(fields, "warnings"),
  };
}
