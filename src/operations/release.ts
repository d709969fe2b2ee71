import { z } from "zod";
import type { Breaker } from "../core/breakers.ts";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import type { MessageId } from "../core/message.ts";
import { type Context, defineOperation } from "../core/operation.ts";
import { toWireReceipt, wireReceipt } from "../core/wire-receipt.ts";

const input = z.object({
  id: fields.messageId.optional().describe("A held message"),
  pair: z.array(fields.sender).length(2).optional().describe("Or two agents that were in a loop"),
  thread: z.object({ channel: fields.channel, thread: fields.messageId }).optional().describe("Or a thread that was"),
});

export const release = defineOperation({
  name: "release",
  title: "Release what is held",
  summary: "Let a message that the bridge keeps back go on, or let agents go on that were in a loop.",
  permission: "admin",
  effect: "advances",
  input,
  output: z.object({
    receipts: z.array(wireReceipt).describe("Of the message, those that were held until now"),
    reopened: z.boolean().describe("Whether the agents were kept from each other until now"),
  }),

  async run({ id, ...loop }, context) {
    const breaker = breakerOf(loop);
    if ((id === undefined) === (breaker === undefined)) {
      throw new BridgeError("invalid_input", "id: give this, pair or thread, and one of them only", { field: "id" });
    }
    return {
      receipts: id === undefined ? [] : await releaseMessage(id, context),
      reopened: breaker !== undefined && context.agents.reopen(breaker),
    };
  },
});

function breakerOf({ pair, thread }: Pick<z.output<typeof input>, "pair" | "thread">): Breaker | undefined {
  if (pair !== undefined && thread !== undefined) {
    throw new BridgeError("invalid_input", "thread: cannot be given with pair", { field: "thread" });
  }
  const [one = "", other = ""] = pair ?? [];
  if (pair !== undefined) return { kind: "pair", between: [one, other] };
  return thread && { kind: "thread", ...thread };
}

async function releaseMessage(id: MessageId, { store, agents }: Context) {
  const released = await store.fates.release(id);
  for (const receipt of released) {
    const { seq, agent, sender, messageId } = receipt;
    // Who reads its inbox from where it was would not look back to a message that is older.
    const text = `${messageId} from ${sender} was held back, and is released to you now.`;
    await agents.notify({ about: receipt, to: agent, type: "notice", text, key: `released/${seq}/${agent}` });
  }
  return released.map((receipt) => toWireReceipt(store.epoch, receipt));
}
