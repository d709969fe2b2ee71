import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { ruleModes } from "./rules.ts";

export const policySet = defineOperation({
  name: "policy_set",
  title: "Set the default of the rules",
  summary: "open: everybody may do what their credential says. deny: only what some rule allows too.",
  permission: "admin",
  effect: "advances",
  input: z.object({ default: z.enum(ruleModes) }),
  output: z.object({ default: z.enum(ruleModes) }),

  async run({ default: mode }, { access, source }) {
    await access.rules.setMode(mode, source);
    return { default: access.rules.mode() };
  },
});
