import { z } from "zod";
import { invitationSeconds, longestInvitationSeconds, shortestInvitationSeconds } from "../core/limits.ts";
import { defineOperation } from "../core/operation.ts";
import { permissions } from "../core/principal.ts";
import { formatTime } from "../core/time.ts";
import { defaultPermissions, grantInput } from "./grant-input.ts";

export const invite = defineOperation({
  name: "invite",
  title: "Invite",
  summary: "Make a code with which one machine or person can join: it works once, and for a short time.",
  permission: "admin",
  effect: "appends",
  input: z.object({
    ttl_seconds: z.int().min(shortestInvitationSeconds).max(longestInvitationSeconds).default(invitationSeconds),
    kind: z.enum(["machine", "person"]).default("machine"),
    name: z.string().min(1).max(48).optional().describe("Unless told, whoever comes chooses it"),
    read_only: z.boolean().default(false),
    ...grantInput,
  }),
  output: z.object({
    id: z.string(),
    code: z.string().describe("Shown once: K7QF-4TM2"),
    expires_at: z.string(),
    permissions: z.array(z.enum(permissions)),
    channels: z.array(z.string()),
    fingerprint: z.string().optional().describe("SHA-256 of the bridge's certificate, where it has one"),
    words: z.string().describe("The same in words, for people to compare on both sides"),
    urls: z.array(z.string()).describe("Where others reach this bridge; none while it listens on its own machine only"),
  }),

  async run(input, { access: { pairing }, source, about }) {
    const { ttl_seconds: ttlSeconds, kind, name, read_only: isReadOnly, channels = ["*"] } = input;
    const asked = input.permissions ?? defaultPermissions;
    const wanted = {
      principalKind: kind,
      ...(name === undefined ? {} : { name }),
      permissions: isReadOnly ? (["read"] as const) : asked,
      channels,
      ttlMs: ttlSeconds * 1000,
    };
    const { code, row } = await pairing.invite(wanted, source);
    const { fingerprint, words } = pairing.identity();
    return {
      id: row.id,
      code,
      expires_at: formatTime(row.expiresAt),
      permissions: [...row.permissions],
      channels: [...row.channels],
      ...(fingerprint === undefined ? {} : { fingerprint }),
      words,
      urls: [...about.remoteUrls()],
    };
  },
});
