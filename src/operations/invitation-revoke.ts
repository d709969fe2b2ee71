import { z } from "zod";
import { recordId } from "../core/fields.ts";
import { defineOperation } from "../core/operation.ts";
import { invitationRow, toInvitationRow } from "./invitation-row.ts";

export const invitationRevoke = defineOperation({
  name: "invitation_revoke",
  title: "Take a join code back",
  summary: "From now on nobody can join with this code. One that was used has done what it does.",
  permission: "admin",
  effect: "destroys",
  input: z.object({ id: recordId }),
  output: invitationRow,

  async run({ id }, { access: { pairing }, source }) {
    return toInvitationRow(await pairing.revoke(id, source));
  },
});
