import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { ruleRow, toRuleRow } from "./rules.ts";

export const ruleRemove = defineOperation({
  name: "rule_remove",
  title: "Remove a channel rule",
  summary: "Removes one rule by its id.",
  permission: "admin",
  effect: "destroys",
  input: z.object({ id: z.string().min(1) }),
  output: ruleRow,

  run: async ({ id }, { access, source }) => toRuleRow(await access.rules.remove(id, source)),
});
