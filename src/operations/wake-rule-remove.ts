import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { toWakeRuleRow, wakeRuleRow } from "./wake-rules.ts";

export const wakeRuleRemove = defineOperation({
  name: "wake_rule_remove",
  title: "Remove a wake rule",
  summary: "Removes one wake rule by its id.",
  permission: "admin",
  effect: "destroys",
  input: z.object({ id: z.string().min(1) }),
  output: wakeRuleRow,

  run: async ({ id }, { access, source }) => toWakeRuleRow(await access.wakeRules.remove(id, source)),
});
