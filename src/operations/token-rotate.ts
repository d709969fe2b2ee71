import { z } from "zod";
import { requirePermission } from "../core/guarded-store.ts";
import { maxGraceDays } from "../core/limits.ts";
import { type Context, defineOperation } from "../core/operation.ts";
import { formatTime } from "../core/time.ts";

const daySeconds = 86_400;

export const tokenRotate = defineOperation({
  name: "token_rotate",
  title: "Renew a credential's secret",
  summary: "A second secret for a credential; the one that it has lives on for a while. Your own needs no right.",
  permission: "none",
  effect: "appends",
  input: z.object({
    id: z.string().min(1),
    grace_seconds: z
      .int()
      .min(0)
      .max(maxGraceDays * daySeconds)
      .default(daySeconds)
      .describe("how long the secret before is still accepted; a day when left out"),
  }),
  output: z.object({
    token: z.string().describe("The new secret: this is the only time that it is shown"),
    id: z.string(),
    until: z.string().describe("When the secret before ends"),
  }),

  async run({ id, grace_seconds: graceSeconds }, context) {
    requireOwnOrAdmin(id, context);
    const { token, until } = await context.access.tokens.rotate(id, graceSeconds * 1000, context.source);
    return { token, id, until: formatTime(until) };
  },
});

/** Whoever holds a credential may renew and end it. @throws BridgeError `forbidden`. */
export function requireOwnOrAdmin(id: string, { principal }: Pick<Context, "principal">): void {
  if (principal.credential !== id) requirePermission(principal, "admin");
}
