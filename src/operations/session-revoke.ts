import { z } from "zod";
import { recordId } from "../core/fields.ts";
import { defineOperation } from "../core/operation.ts";
import { sessionRow, toSessionRow } from "./session-row.ts";

export const sessionRevoke = defineOperation({
  name: "session_revoke",
  title: "Sign a browser out",
  summary: "End a browser's session, and what it has open, at once.",
  permission: "admin",
  effect: "destroys",
  input: z.object({ id: recordId }),
  output: sessionRow,

  async run({ id }, { access: { sessions }, source }) {
    return toSessionRow(await sessions.revoke(id, source));
  },
});
