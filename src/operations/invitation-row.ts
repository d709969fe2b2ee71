import { z } from "zod";
import { type InvitationRow, invitationStates } from "../core/pairing.ts";
import { permissions } from "../core/principal.ts";
import { formatTime } from "../core/time.ts";

/** A join code as it is listed: everything but the code. */
export const invitationRow = z.object({
  id: z.string(),
  kind: z.enum(["machine", "person"]),
  name: z.string().optional(),
  permissions: z.array(z.enum(permissions)),
  channels: z.array(z.string()),
  state: z.enum(invitationStates),
  created_at: z.string(),
  created_by: z.string(),
  expires_at: z.string(),
  wrong_tries: z.int(),
  used_at: z.string().optional(),
  used_by: z.string().optional(),
});

export function toInvitationRow(row: InvitationRow): z.output<typeof invitationRow> {
  const { id, principalKind: kind, name, state, createdBy, wrongTries, usedAt, usedBy } = row;
  return {
    id,
    kind,
    ...(name === undefined ? {} : { name }),
    permissions: [...row.permissions],
    channels: [...row.channels],
    state,
    created_at: formatTime(row.createdAt),
    created_by: createdBy,
    expires_at: formatTime(row.expiresAt),
    wrong_tries: wrongTries,
    ...(usedAt === undefined ? {} : { used_at: formatTime(usedAt) }),
    ...(usedBy === undefined ? {} : { used_by: usedBy }),
  };
}
