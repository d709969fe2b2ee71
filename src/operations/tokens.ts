import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { tokenRow, toTokenRow } from "./token-row.ts";

export const tokens = defineOperation({
  name: "tokens",
  title: "Credentials",
  summary: "Every credential that was made: whose, for what, when it was last used. Never its secret.",
  permission: "admin",
  effect: "reads",
  input: z.object({}),
  output: z.object({ tokens: z.array(tokenRow) }),

  run: async (_input, { access }) => ({ tokens: access.tokens.list().map(toTokenRow) }),
});
