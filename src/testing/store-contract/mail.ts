import type { Draft, Message } from "../../core/message.ts";
import type { Addressee, Mark, ReceiptState } from "../../core/receipt.ts";
import { draft } from "./fixture.ts";

/** Messages that are for somebody, and what becomes of them. */

export const to = (agent: string, more: Partial<Addressee> = {}): Addressee => ({ agent, why: "addressed", ...more });

export const mail = (content: string, ...addressees: readonly Addressee[]): Draft => ({
  ...draft(content),
  addressees,
});

export const mark = (
  { seq }: Pick<Message, "seq">,
  agent: string,
  state: ReceiptState,
  more: Partial<Mark> = {},
): Mark => ({
  seq,
  agent,
  state,
  ...more,
});
