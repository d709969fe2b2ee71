import { z } from "zod";
import { defineOperation } from "../core/operation.ts";

export const auditVerify = defineOperation({
  name: "audit_verify",
  title: "Verify the audit",
  summary: "Whether every row of the audit is there and is what was written. Its last hash is worth keeping elsewhere.",
  permission: "admin",
  effect: "reads",
  input: z.object({}),
  output: z.object({
    whole: z.boolean(),
    rows: z.int().optional(),
    last: z.int().optional().describe("n of the last row"),
    hash: z.string().optional().describe("Of the last row"),
    broken_at: z.int().optional().describe("n of the first row that is not right"),
    reason: z.string().optional(),
  }),

  async run(_input, { access }) {
    const finding = await access.audit.verify();
    if (!finding.isWhole) return { whole: false, broken_at: finding.brokenAt, reason: finding.reason };
    const { rows, last, hash } = finding;
    return { whole: true, rows, last, hash };
  },
});
