import { z } from "zod";
import * as fields from "../core/fields.ts";
import { maxWordsLength } from "../core/limits.ts";
import { defineOperation } from "../core/operation.ts";
import { cancelledBy } from "../core/question.ts";
import { toWireReceipt, wireReceipt } from "../core/wire-receipt.ts";
import { tellOfWithdrawal } from "./tell.ts";

export const cancel = defineOperation({
  name: "cancel",
  title: "Cancel a question",
  summary: "Take back a question of yours. Who has read it is told; who has not, need not.",
  // Its sender may, and so may an administrator: the message says which of them that is.
  permission: "none",
  effect: "advances",
  input: z.object({
    id: fields.messageId,
    reason: z.string().trim().min(1).max(maxWordsLength).optional(),
  }),
  output: z.object({ receipts: z.array(wireReceipt).describe("Those that are withdrawn now") }),

  async run({ id, reason }, { store, agents, self, principal }) {
    const by = self?.name ?? principal.name;
    const withdrawn = await store.fates.withdraw(id, cancelledBy(by, reason));
    await tellOfWithdrawal(withdrawn, by, agents);
    return { receipts: withdrawn.map((receipt) => toWireReceipt(store.epoch, receipt)) };
  },
});
