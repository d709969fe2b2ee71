import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { principalRow, toPrincipalRow } from "./principals.ts";

export const revoke = defineOperation({
  name: "revoke",
  title: "Revoke a principal",
  summary: "Ends every credential and session of a machine, person or service, and what they have open.",
  permission: "admin",
  effect: "destroys",
  input: z.object({ id: z.string().min(1).describe("id or name") }),
  output: principalRow,

  run: async ({ id }, { access, source }) => toPrincipalRow(await access.directory.revoke(id, source)),
});
