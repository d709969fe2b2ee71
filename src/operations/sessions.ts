import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { sessionRow, toSessionRow } from "./session-row.ts";

export const sessions = defineOperation({
  name: "sessions",
  title: "Sessions",
  summary: "The browsers that are signed in.",
  permission: "admin",
  effect: "reads",
  input: z.object({}),
  output: z.object({ sessions: z.array(sessionRow) }),

  async run(_input, { access }) {
    return { sessions: access.sessions.list().map(toSessionRow) };
  },
});
