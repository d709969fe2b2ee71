import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { type Grant, isVerified, may, permissions, principalKinds } from "../core/principal.ts";

const grant = z.object({ permissions: z.array(z.enum(permissions)), channels: z.array(z.string()) });

export const whoami = defineOperation({
  name: "whoami",
  title: "Who am I",
  summary: "Who the bridge takes you for, and what you may do.",
  permission: "none",
  effect: "reads",
  input: z.object({}),
  output: z.object({
    principal: z.object({
      id: z.string(),
      kind: z.enum(principalKinds),
      name: z.string(),
      verified: z.boolean().describe("False: nobody proved who they are"),
    }),
    credential: z.string().optional().describe("The id of the credential that proves it"),
    permissions: z.array(z.enum(permissions)).describe("What you may do in some channel at least"),
    channels: z.array(z.string()).describe("Names and patterns that the credential is for"),
    rules: z.array(grant).optional().describe("What the bridge's rules leave of it, where rules are asked"),
    asks_for_credential: z.boolean().describe("Whether the bridge refuses those who have none"),
  }),

  async run(_input, { principal, access }) {
    const { id, kind, name, credential } = principal;
    const [given = [], rules] = principal.grants;
    return {
      principal: { id, kind, name, verified: isVerified(principal) },
      ...(credential === undefined ? {} : { credential }),
      permissions: permissions.filter((permission) => may(principal, permission)),
      channels: [...new Set(given.flatMap(({ channels }) => channels))],
      ...(rules === undefined ? {} : { rules: rules.map(toWireGrant) }),
      asks_for_credential: access.asksForCredential(),
    };
  },
});

const toWireGrant = ({ permissions: allowed, channels }: Grant) => ({
  permissions: [...allowed],
  channels: [...channels],
});
