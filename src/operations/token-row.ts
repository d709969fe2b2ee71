import { z } from "zod";
import { permissions } from "../core/principal.ts";
import { formatTime } from "../core/time.ts";
import type { TokenRow } from "../core/tokens.ts";

/** The kinds that a credential can be made for. */
export const knownKinds = ["machine", "person", "service"] as const;

/** A credential as its administrator sees it: never its secret. */
export const tokenRow = z.object({
  id: z.string(),
  principal: z.object({ id: z.string(), kind: z.enum(knownKinds), name: z.string() }),
  permissions: z.array(z.enum(permissions)),
  channels: z.array(z.string()),
  created_at: z.string(),
  created_by: z.string(),
  expires_at: z.string().optional(),
  revoked_at: z.string().optional(),
  last_used_at: z.string().optional(),
  last_address: z.string().optional(),
  secrets: z.int().describe("How many of its secrets are accepted now: 2 while it is rotated, 0 when it is over"),
});

export function toTokenRow(row: TokenRow): z.output<typeof tokenRow> {
  const { id, principal, createdBy, lastAddress, secrets } = row;
  return {
    id,
    principal,
    permissions: [...row.permissions],
    channels: [...row.channels],
    created_at: formatTime(row.createdAt),
    created_by: createdBy,
    ...timeIf("expires_at", row.expiresAt),
    ...timeIf("revoked_at", row.revokedAt),
    ...timeIf("last_used_at", row.lastUsedAt),
    ...(lastAddress === undefined ? {} : { last_address: lastAddress }),
    secrets,
  };
}

/** A field with a time, left out where there is none. */
export const timeIf = <Name extends string>(name: Name, ms: number | undefined): Partial<Record<Name, string>> =>
  // A computed key is of type string.
  ms === undefined ? {} : ({ [name]: formatTime(ms) } as Record<Name, string>);
