import { z } from "zod";
import * as fields from "../core/fields.ts";
import { defineOperation } from "../core/operation.ts";
import { wakes } from "../core/wake.ts";
import { toWakeRuleRow, wakeRuleRow } from "./wake-rules.ts";

export const wakeRuleSet = defineOperation({
  name: "wake_rule_set",
  title: "Set a wake rule",
  summary: "Says what wakes these agents in these channels, in the place of an older rule for the same two patterns.",
  permission: "admin",
  effect: "advances",
  input: z.object({
    agent: fields.sender.describe("name or pattern"),
    channel: fields.channel.describe("name or pattern"),
    wake: z.enum(wakes),
  }),
  output: wakeRuleRow,

  run: async (rule, { access, source }) => toWakeRuleRow(await access.wakeRules.set(rule, source)),
});
