import { z } from "zod";
import * as fields from "../core/fields.ts";
import { defineOperation } from "../core/operation.ts";
import { toWireReceipt, wireReceipt } from "../core/wire-receipt.ts";

export const release = defineOperation({
  name: "release",
  title: "Release a held message",
  summary: "Let a message that the bridge keeps back go on to those that it is for.",
  permission: "admin",
  effect: "advances",
  input: z.object({ id: fields.messageId }),
  output: z.object({ receipts: z.array(wireReceipt).describe("Those that were held until now") }),

  async run({ id }, { store, agents }) {
    const released = await store.fates.release(id);
    for (const receipt of released) {
      const { seq, agent, sender, messageId } = receipt;
      // Who reads its inbox from where it was would not look back to a message that is older.
      const text = `${messageId} from ${sender} was held back, and is released to you now.`;
      await agents.notify({ about: receipt, to: agent, type: "notice", text, key: `released/${seq}/${agent}` });
    }
    return { receipts: released.map((receipt) => toWireReceipt(store.epoch, receipt)) };
  },
});
