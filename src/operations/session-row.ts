import { z } from "zod";
import type { SessionRow } from "../core/browser-sessions.ts";
import { principalKinds } from "../core/principal.ts";
import { formatTime } from "../core/time.ts";

/** A browser that is signed in, as it is listed: everything but its secret. */
export const sessionRow = z.object({
  id: z.string(),
  principal: z.object({ id: z.string(), kind: z.enum(principalKinds), name: z.string() }),
  created_at: z.string(),
  last_used_at: z.string(),
  expires_at: z.string(),
  address: z.string().optional(),
  browser: z.string().optional().describe("What it says of itself"),
});

export function toSessionRow(row: SessionRow): z.output<typeof sessionRow> {
  const { id, principal, address, browser } = row;
  return {
    id,
    principal: { ...principal },
    created_at: formatTime(row.createdAt),
    last_used_at: formatTime(row.lastUsedAt),
    expires_at: formatTime(row.expiresAt),
    ...(address === undefined ? {} : { address }),
    ...(browser === undefined ? {} : { browser }),
  };
}
