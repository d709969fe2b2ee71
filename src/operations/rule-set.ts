import { z } from "zod";
import * as fields from "../core/fields.ts";
import { defineOperation } from "../core/operation.ts";
import { permissions } from "../core/principal.ts";
import { ruleRow, toRuleRow } from "./rules.ts";

/** Not `admin`: it is about no channel, and what the credential says of it stays. */
const ofChannels = permissions.filter((permission) => permission !== "admin");

export const ruleSet = defineOperation({
  name: "rule_set",
  title: "Set a channel rule",
  summary: "Leaves somebody these rights in these channels, in the place of an older rule for the same.",
  permission: "admin",
  effect: "advances",
  input: z.object({
    subject: z.string().min(1).describe("id or name of a principal, `shared`, `local`, or `*` for everybody"),
    permissions: z.array(z.enum(ofChannels)).min(1),
    channels: fields.channels.describe("names and patterns"),
  }),
  output: ruleRow,

  async run({ subject, permissions: allowed, channels }, { access, source }) {
    return toRuleRow(await access.rules.set({ subject, permissions: [...new Set(allowed)], channels }, source));
  },
});
