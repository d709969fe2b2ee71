import { z } from "zod";
import type { PrincipalRow } from "../core/directory.ts";
import { defineOperation } from "../core/operation.ts";
import { formatTime } from "../core/time.ts";
import { knownKinds, timeIf } from "./token-row.ts";

export const principalRow = z.object({
  id: z.string().describe("Stays when the name changes"),
  kind: z.enum(knownKinds),
  name: z.string(),
  created_at: z.string(),
  created_by: z.string(),
  last_seen: z.string().optional(),
  last_address: z.string().optional(),
  revoked_at: z.string().optional(),
  credentials: z.int().describe("How many of its credentials are accepted now"),
});

export function toPrincipalRow(row: PrincipalRow): z.output<typeof principalRow> {
  const { id, kind, name, createdBy, lastAddress, credentials } = row;
  return {
    id,
    kind,
    name,
    created_at: formatTime(row.createdAt),
    created_by: createdBy,
    ...timeIf("last_seen", row.lastSeenAt),
    ...(lastAddress === undefined ? {} : { last_address: lastAddress }),
    ...timeIf("revoked_at", row.revokedAt),
    credentials,
  };
}

export const principals = defineOperation({
  name: "principals",
  title: "Who there is",
  summary: "Every machine, person and service that has or had a credential.",
  permission: "admin",
  effect: "reads",
  input: z.object({}),
  output: z.object({ principals: z.array(principalRow) }),

  run: async (_input, { access }) => ({ principals: access.directory.list().map(toPrincipalRow) }),
});
