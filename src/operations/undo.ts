import { z } from "zod";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import { undoMs } from "../core/limits.ts";
import { defineOperation } from "../core/operation.ts";
import { formatDuration } from "../core/time.ts";

export const undo = defineOperation({
  name: "undo",
  title: "Undo a clear",
  summary: "Bring back what a clear has deleted, while that can be done.",
  permission: "clear",
  effect: "appends",
  input: z.object({ id: fields.messageId.describe("the id that the clear answered with") }),
  output: z.object({ channel: z.string(), restored: z.int().describe("Messages that are back"), seq: z.int() }),

  async run({ id }, { store }) {
    const restored = await store.restore(id);
    if (restored !== undefined) return { channel: restored.channel, restored: restored.count, seq: restored.seq };
    const limit = formatDuration(undoMs / 1000);
    throw new BridgeError(
      "conflict",
      `id: this clear cannot be undone: more than ${limit} ago, or no longer the last`,
      {
        field: "id",
      },
    );
  },
});
