import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { requireOwnOrAdmin } from "./token-rotate.ts";
import { tokenRow, toTokenRow } from "./token-row.ts";

export const tokenRevoke = defineOperation({
  name: "token_revoke",
  title: "Revoke a credential",
  summary: "Ends a credential now, with the streams, waits and calls that it has open. Your own needs no right.",
  permission: "none",
  effect: "destroys",
  input: z.object({ id: z.string().min(1) }),
  output: tokenRow,

  async run({ id }, context) {
    requireOwnOrAdmin(id, context);
    return toTokenRow(await context.access.tokens.revoke(id, context.source));
  },
});
