import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { principalRow, toPrincipalRow } from "./principals.ts";

export const rename = defineOperation({
  name: "rename",
  title: "Rename a principal",
  summary:
    "Gives a machine, person or service another name. Its id stays, and old messages keep the name of their time.",
  permission: "admin",
  effect: "advances",
  input: z.object({ id: z.string().min(1).describe("id or name"), name: z.string() }),
  output: principalRow,

  run: async ({ id, name }, { access, source }) => toPrincipalRow(await access.directory.rename(id, name, source)),
});
