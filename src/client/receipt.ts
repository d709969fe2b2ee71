import type { ChannelName, MessageId, Seq } from "../core/message.ts";
import type { Due, ReceiptState, Why } from "../core/receipt.ts";
import { type Fields, fieldsOf, isFields, list, number, optionalText, text, time } from "./shape.ts";

/** How far a message got with one agent: never further than is known. */
export interface Receipt {
  readonly messageId: MessageId;
  readonly seq: Seq;
  readonly channel: ChannelName;
  readonly agent: string;
  readonly state: ReceiptState;
  /** Why it is for this agent; undefined when it read it unasked. */
  readonly why: Why | undefined;
  /** Why it is held, expired or refused, or overdue. */
  readonly reason: string | undefined;
  /** When it came to each state that it had, in milliseconds since the Unix epoch. */
  readonly at: Readonly<Partial<Record<ReceiptState, number>>>;
  /** The message that answered it. */
  readonly answerId: MessageId | undefined;
  /** What the bridge does next, and when. */
  readonly due: Pick<Due, "what" | "at"> | undefined;
}

export function receiptFrom(value: unknown): Receipt {
  const fields = fieldsOf(value);
  const { at, due } = fields;
  return {
    messageId: text(fields, "message_id") as MessageId,
    seq: number(fields, "seq") as Seq,
    channel: text(fields, "channel") as ChannelName,
    agent: text(fields, "agent"),
    // Closed lists of the bridge; a newer one may know more words, which are handed on.
    state: text(fields, "state") as ReceiptState,
    why: optionalText(fields, "why") as Why | undefined,
    reason: optionalText(fields, "reason"),
    at: isFields(at) ? timesIn(at) : {},
    answerId: optionalText(fields, "answer_id") as MessageId | undefined,
    due: isFields(due) ? { what: text(due, "what") as Due["what"], at: time(due, "at") } : undefined,
  };
}

const timesIn = (at: Fields): Receipt["at"] =>
  Object.fromEntries(Object.keys(at).map((state) => [state, time(at, state)]));

export const receiptsIn = (fields: Fields): readonly Receipt[] => list(fields, "receipts").map(receiptFrom);
