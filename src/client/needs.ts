import type { ChannelName, MessageId, Seq } from "../core/message.ts";
import { type Receipt, receiptFrom } from "./receipt.ts";
import { type Fields, fieldsOf, isFields, list, number, text, texts, time } from "./shape.ts";

/** A message that a person should look at. Its content is on the bridge: `find` has it. */
export interface Need {
  readonly id: MessageId;
  readonly seq: Seq;
  readonly channel: ChannelName;
  readonly sender: string;
  /** The first 200 characters. */
  readonly preview: string;
  readonly receipt: Receipt;
  /** Since when it is so, in milliseconds since the Unix epoch. */
  readonly since: number;
}

export interface OpenQuestion extends Need {
  /** At most its first 2,000 characters. */
  readonly text: string;
  /** Quick answers. */
  readonly options: readonly string[];
}

/** Agents that are kept from waking each other. */
export interface Loop {
  readonly pair: readonly string[] | undefined;
  readonly thread: { readonly channel: string; readonly thread: string } | undefined;
  readonly reason: string;
  /** Messages that were kept back for it. */
  readonly held: number;
  readonly since: number;
}

export interface Needs {
  /** Not answered yet, the newest first. */
  readonly questions: readonly OpenQuestion[];
  /** For agents that are away, and at no machine yet, the oldest first. */
  readonly unnoticed: readonly Need[];
  /** Held, and lately expired or refused; the last first. */
  readonly failed: readonly Need[];
  readonly loops: readonly Loop[];
}

export function needsFrom(value: unknown): Needs {
  const fields = fieldsOf(value);
  return {
    questions: list(fields, "questions").map((row) => {
      const question = fieldsOf(row);
      return { ...needFrom(question), text: text(question, "text"), options: texts(question, "options") };
    }),
    unnoticed: list(fields, "unnoticed").map((row) => needFrom(fieldsOf(row))),
    failed: list(fields, "failed").map((row) => needFrom(fieldsOf(row))),
    loops: list(fields, "loops").map((row) => loopFrom(fieldsOf(row))),
  };
}

function needFrom(fields: Fields): Need {
  const message = fieldsOf(fields["message"]);
  return {
    id: text(message, "id") as MessageId,
    seq: number(message, "seq") as Seq,
    channel: text(message, "channel") as ChannelName,
    sender: text(message, "sender"),
    preview: text(message, "preview"),
    receipt: receiptFrom(fields["receipt"]),
    since: time(fields, "since"),
  };
}

function loopFrom(fields: Fields): Loop {
  const { pair, thread } = fields;
  return {
    pair: Array.isArray(pair) ? texts(fields, "pair") : undefined,
    thread: isFields(thread) ? { channel: text(thread, "channel"), thread: text(thread, "thread") } : undefined,
    reason: text(fields, "reason"),
    held: number(fields, "held"),
    since: time(fields, "since"),
  };
}
