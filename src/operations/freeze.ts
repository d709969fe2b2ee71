import { z } from "zod";
import { maxAuditDetail } from "../core/limits.ts";
import { defineOperation } from "../core/operation.ts";
import { freezeRow, freezeTarget, targetOf, toFreezeRow } from "./freezes.ts";

export const freeze = defineOperation({
  name: "freeze",
  title: "Freeze a channel or sender",
  summary: "From now on nothing is taken in a channel, or from a sender. Reading goes on.",
  permission: "admin",
  effect: "advances",
  input: z.object({
    ...freezeTarget,
    reason: z.string().trim().min(1).max(maxAuditDetail).describe("senders are told"),
  }),
  output: freezeRow,

  async run({ reason, ...target }, { access, source }) {
    return toFreezeRow(await access.freezes.freeze(targetOf(target), reason, source));
  },
});
