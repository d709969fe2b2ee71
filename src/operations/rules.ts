import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { permissions } from "../core/principal.ts";
import type { RuleRow } from "../core/rules.ts";
import { formatTime } from "../core/time.ts";

export const ruleModes = ["open", "deny"] as const;

export const ruleRow = z.object({
  id: z.string(),
  subject: z.string().describe("A principal's id, `shared`, `local`, or `*` for everybody"),
  name: z.string().describe("What the subject is called now"),
  permissions: z.array(z.enum(permissions)),
  channels: z.array(z.string()),
  created_at: z.string(),
  created_by: z.string(),
});

export const toRuleRow = (row: RuleRow): z.output<typeof ruleRow> => ({
  id: row.id,
  subject: row.subject,
  name: row.name,
  permissions: [...row.permissions],
  channels: [...row.channels],
  created_at: formatTime(row.createdAt),
  created_by: row.createdBy,
});

export const rules = defineOperation({
  name: "rules",
  title: "Channel rules",
  summary: "What the bridge leaves of the rights that credentials give. While the default is open, no rule is asked.",
  permission: "admin",
  effect: "reads",
  input: z.object({}),
  output: z.object({ default: z.enum(ruleModes), rules: z.array(ruleRow) }),

  run: async (_input, { access }) => ({ default: access.rules.mode(), rules: access.rules.list().map(toRuleRow) }),
});
