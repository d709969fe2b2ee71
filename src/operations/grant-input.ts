import { z } from "zod";
import { channels } from "../core/fields.ts";
import { permissions } from "../core/principal.ts";

/** What is given to whoever is let in, unless told: all but what only who administers the bridge should do. */
export const grantInput = {
  permissions: z.array(z.enum(permissions)).min(1).optional().describe("Unless told: read, write, claim"),
  channels: channels.optional().describe("Names and patterns; unless told every channel"),
};

export const defaultPermissions = ["read", "write", "claim"] as const;
