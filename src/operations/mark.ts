import { z } from "zod";
import * as fields from "../core/fields.ts";
import { maxInboxPage, maxWordsLength } from "../core/limits.ts";
import { isMessage } from "../core/message.ts";
import { defineOperation } from "../core/operation.ts";
import { toWireReceipt, wireReceipt } from "../core/wire-receipt.ts";
import { tellOfRefusal } from "./tell.ts";

/** What an agent's own side can know. The rest the bridge sees for itself. */
const marks = ["at_machine", "in_context", "acknowledged", "refused"] as const;

export const mark = defineOperation({
  name: "mark",
  title: "Mark messages",
  summary: "Say how far messages got with you: at your machine, in context, acknowledged, or refused.",
  permission: "read",
  effect: "advances",
  isBackground: true,
  input: z.object({
    marks: z
      .array(
        z.object({
          message_id: fields.messageId,
          state: z.enum(marks),
          reason: z.string().max(maxWordsLength).optional().describe("Why it is refused"),
        }),
      )
      .min(1)
      .max(maxInboxPage),
  }),
  output: z.object({ receipts: z.array(wireReceipt).describe("Those that changed") }),

  async run({ marks: given }, { store, agents, principal }) {
    const { name } = store.receipts.self();
    // Whoever has just taken the result of a tool, or the output of a hook, is at work.
    if (given.some(({ state }) => state === "in_context")) agents.note({ name, principal });
    else agents.see({ name, principal });
    const found = await Promise.all(given.map(async ({ message_id: id }) => store.find(id)));
    const known = given.flatMap(({ state, reason }, index) => {
      const entry = found[index];
      // A message that was deleted meanwhile is nobody's fault.
      return entry !== undefined && isMessage(entry) ? [{ seq: entry.seq, state, reason }] : [];
    });
    const receipts = await store.receipts.mark(known);
    await tellOfRefusal(receipts, agents);
    return { receipts: receipts.map((receipt) => toWireReceipt(store.epoch, receipt)) };
  },
});
