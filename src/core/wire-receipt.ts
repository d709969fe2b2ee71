import { z } from "zod";
import { type Epoch, messageId } from "./message-id.ts";
import { duties, type Receipt, receiptStates, reasonsWhy } from "./receipt.ts";
import { formatTime } from "./time.ts";

/** The one JSON shape of a receipt. Times are RFC 3339 UTC. */
export const wireReceipt = z.object({
  message_id: z.string(),
  seq: z.int(),
  channel: z.string(),
  agent: z.string(),
  state: z.enum(receiptStates).describe("How far the message got with this agent, and never further than is known"),
  why: z.enum(reasonsWhy).optional().describe("Why it is for this agent; absent: it read it unasked"),
  reason: z.string().optional().describe("Why it is held, expired or refused, or overdue"),
  at: z.record(z.string(), z.string()).describe("When it came to each state that it had"),
  answer_id: z.string().optional().describe("The message that answered it"),
  due: z
    .object({ what: z.enum(duties), at: z.string() })
    .optional()
    .describe("What the bridge does next, and when"),
});

export type WireReceipt = z.output<typeof wireReceipt>;

export function toWireReceipt(epoch: Epoch, receipt: Receipt): WireReceipt {
  const { messageId: id, seq, channel, agent, state, why, reason, times, answer, due } = receipt;
  const at = Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, formatTime(ms)]));
  return {
    message_id: id,
    seq,
    channel,
    agent,
    state,
    ...(why === undefined ? {} : { why }),
    ...(reason === undefined ? {} : { reason }),
    at,
    ...(answer === undefined ? {} : { answer_id: messageId(epoch, answer) }),
    ...(due === undefined ? {} : { due: { what: due.what, at: formatTime(due.at) } }),
  };
}
