import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { invitationRow, toInvitationRow } from "./invitation-row.ts";

export const invitations = defineOperation({
  name: "invitations",
  title: "Join codes",
  summary: "The join codes that are out, and what became of those of late.",
  permission: "admin",
  effect: "reads",
  input: z.object({}),
  output: z.object({ invitations: z.array(invitationRow) }),

  async run(_input, { access: { pairing } }) {
    return { invitations: pairing.list().map(toInvitationRow) };
  },
});
