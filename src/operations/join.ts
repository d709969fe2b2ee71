import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { permissions } from "../core/principal.ts";

export const join = defineOperation({
  name: "join",
  title: "Join",
  summary: "Exchange a join code for a credential of one's own. It is shown here and never again.",
  permission: "none",
  effect: "appends",
  input: z.object({
    code: z.string().min(1).max(64),
    name: z.string().min(1).max(48).optional().describe("Required unless the code was made for a name"),
  }),
  output: z.object({
    token: z.string(),
    id: z.string().describe("The credential's"),
    principal: z.object({ id: z.string(), kind: z.enum(["machine", "person"]), name: z.string() }),
    permissions: z.array(z.enum(permissions)),
    channels: z.array(z.string()),
    bridge: z.object({
      name: z.string(),
      version: z.string(),
      fingerprint: z.string().optional(),
      words: z.string(),
    }),
  }),

  async run(coming, { access: { pairing }, source: { address }, about: { version } }) {
    const { token, id, principal, ...granted } = await pairing.join(coming, address);
    const { name, fingerprint, words } = pairing.identity();
    return {
      token,
      id,
      principal: { ...principal },
      permissions: [...granted.permissions],
      channels: [...granted.channels],
      bridge: { name, version, ...(fingerprint === undefined ? {} : { fingerprint }), words },
    };
  },
});
