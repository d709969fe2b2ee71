import { z } from "zod";
import * as fields from "../core/fields.ts";
import { defineOperation } from "../core/operation.ts";

export const clear = defineOperation({
  name: "clear",
  title: "Clear channel",
  summary: "Delete every message of a channel, for everybody. Only when a person asked for it.",
  permission: "clear",
  effect: "destroys",
  input: z.object({ channel: fields.channel }),
  output: z.object({ channel: z.string(), cleared: z.int().describe("Messages deleted") }),

  async run({ channel }, { store }) {
    return { channel, cleared: (await store.clear(channel))?.count ?? 0 };
  },
});
