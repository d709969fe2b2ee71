import { z } from "zod";
import type { ChannelName } from "../core/message.ts";
import { defineOperation } from "../core/operation.ts";
import { may } from "../core/principal.ts";
import { formatTime } from "../core/time.ts";
import { wakes } from "../core/wake.ts";
import type { WakeRuleRow } from "../core/wake-rules.ts";

export const wakeRuleRow = z.object({
  id: z.string(),
  agent: z.string().describe("A name or pattern"),
  channel: z.string().describe("A name or pattern"),
  wake: z
    .enum(wakes)
    .describe("always: whatever comes; addressed: what is for it, as without a rule; never: it finds it when it looks"),
  created_at: z.string(),
  created_by: z.string(),
});

export const toWakeRuleRow = ({ createdAt, createdBy, ...row }: WakeRuleRow): z.output<typeof wakeRuleRow> => ({
  ...row,
  created_at: formatTime(createdAt),
  created_by: createdBy,
});

export const wakeRules = defineOperation({
  name: "wake_rules",
  title: "Wake rules",
  summary: "What wakes which agents in which channels, in the order in which the rules are asked: the first that fits.",
  permission: "read",
  effect: "reads",
  input: z.object({}),
  output: z.object({ rules: z.array(wakeRuleRow) }),

  async run(_input, { access, principal }) {
    // What a channel is called is for those who may read it.
    const isTold = ({ channel }: WakeRuleRow) =>
      channel.includes("*") || may(principal, "admin") || may(principal, "read", channel as ChannelName);
    return { rules: access.wakeRules.list().filter(isTold).map(toWakeRuleRow) };
  },
});
