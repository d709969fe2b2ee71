import { z } from "zod";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import type { FreezeRow, FreezeTarget } from "../core/freezes.ts";
import { defineOperation } from "../core/operation.ts";
import { formatTime } from "../core/time.ts";

export const freezeRow = z.object({
  target: z.enum(["channel", "principal"]),
  name: z.string().describe("The channel or pattern, or the principal's id with an agent's role after it"),
  shown: z.string().describe("What it is called now"),
  reason: z.string(),
  created_at: z.string(),
  created_by: z.string(),
});

export const toFreezeRow = ({ createdAt, createdBy, ...row }: FreezeRow): z.output<typeof freezeRow> => ({
  ...row,
  created_at: formatTime(createdAt),
  created_by: createdBy,
});

/** What is frozen: one of both. */
export const freezeTarget = {
  channel: fields.channel.optional().describe("name or pattern"),
  principal: z.string().min(1).optional().describe("id or name, `<machine>/<role>`, `shared` or `local`"),
};

/** @throws BridgeError `invalid_input`. */
export function targetOf({ channel, principal }: { channel?: string | undefined; principal?: string | undefined }) {
  const targets: FreezeTarget[] = [];
  if (channel !== undefined) targets.push({ channel });
  if (principal !== undefined) targets.push({ principal });
  const [target] = targets;
  if (target !== undefined && targets.length === 1) return target;
  throw new BridgeError("invalid_input", "channel: give a channel or a principal", { field: "channel" });
}

export const freezes = defineOperation({
  name: "freezes",
  title: "What is frozen",
  summary: "Channels and senders from which nothing is taken for now, and why.",
  permission: "admin",
  effect: "reads",
  input: z.object({}),
  output: z.object({ freezes: z.array(freezeRow) }),

  run: async (_input, { access }) => ({ freezes: access.freezes.list().map(toFreezeRow) }),
});
