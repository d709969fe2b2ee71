import { z } from "zod";
import * as fields from "../core/fields.ts";
import { undoMs } from "../core/limits.ts";
import { defineOperation } from "../core/operation.ts";
import { formatTime } from "../core/time.ts";

export const clear = defineOperation({
  name: "clear",
  title: "Clear channel",
  summary: "Delete every message of a channel, for everybody. Only when a person asked for it.",
  permission: "clear",
  effect: "destroys",
  input: z.object({ channel: fields.channel }),
  output: z.object({
    channel: z.string(),
    cleared: z.int().describe("Messages deleted"),
    id: z.string().optional().describe("With which it can be undone; none when there was nothing to delete"),
    undo_until: z.string().optional(),
  }),

  async run({ channel }, { store }) {
    const entry = await store.clear(channel);
    if (entry === undefined) return { channel, cleared: 0 };
    return { channel, cleared: entry.count, id: entry.id, undo_until: formatTime(entry.acceptedAt + undoMs) };
  },
});
