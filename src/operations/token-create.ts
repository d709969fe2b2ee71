import { z } from "zod";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import { maxTokenDays } from "../core/limits.ts";
import { defineOperation } from "../core/operation.ts";
import { type Permission, permissions } from "../core/principal.ts";
import type { NewToken } from "../core/tokens.ts";
import { knownKinds, tokenRow, toTokenRow } from "./token-row.ts";

const usual: Permission[] = ["read", "write", "claim"];

const input = z.object({
  name: z.string().optional().describe("of a new machine, service or person"),
  kind: z.enum(knownKinds).optional().describe("of the new one; machine when left out"),
  principal: z.string().optional().describe("id or name of one that there is, instead of a new one"),
  permissions: z.array(z.enum(permissions)).min(1).default(usual),
  channels: fields.channels.default(["*"]).describe("names and patterns"),
  expires_in_days: z.number().gt(0).max(maxTokenDays).optional(),
});

export const tokenCreate = defineOperation({
  name: "token_create",
  title: "Make a credential",
  summary: "A token for a new machine, service or person, or another one for somebody that there is. Shown once.",
  permission: "admin",
  effect: "appends",
  input,
  output: tokenRow.extend({ token: z.string().describe("The secret: this is the only time that it is shown") }),

  async run(wanted, { access, source }) {
    const { permissions: allowed, channels, expires_in_days: days } = wanted;
    const lifetimeMs = days === undefined ? undefined : days * 86_400_000;
    const made = { whose: whoseOf(wanted), permissions: [...new Set(allowed)], channels, lifetimeMs };
    const { token, row } = await access.tokens.create(made, source);
    return { token, ...toTokenRow(row) };
  },
});

function whoseOf({ name, kind, principal }: z.output<typeof input>): NewToken["whose"] {
  if (principal !== undefined && name === undefined && kind === undefined) return { principal };
  if (name !== undefined && principal === undefined) return { name, kind: kind ?? "machine" };
  throw new BridgeError("invalid_input", "name: give a name, and a kind if it is no machine, or else a principal", {
    field: "name",
  });
}
