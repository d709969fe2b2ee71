import { z } from "zod";
import { maxChannelsShown, maxPerChannel } from "../core/limits.ts";
import { defineOperation } from "../core/operation.ts";
import { only } from "../core/scope.ts";
import { toWire, wireMessage } from "../core/wire.ts";

export const status = defineOperation({
  name: "status",
  title: "Overview of channels",
  summary: "The latest messages of each channel, the busiest first.",
  permission: "read",
  effect: "reads",
  input: z.object({
    per_channel: z
      .int()
      .default(5)
      .transform((value) => Math.max(1, Math.min(value, maxPerChannel))),
  }),
  output: z.object({
    channels: z.array(z.object({ channel: z.string(), total: z.int(), messages: z.array(wireMessage) })),
    has_more: z.boolean(),
    remaining: z.int().describe("Channels that are not shown"),
  }),

  async run({ per_channel: perChannel }, { store }) {
    const summaries = await store.channels();
    const shown = summaries.toSorted((a, b) => b.lastAcceptedAt - a.lastAcceptedAt).slice(0, maxChannelsShown);
    const channels = [];
    for (const { channel, messages: total } of shown) {
      const messages = (await store.tail(only(channel), perChannel)).map((message) => toWire(message, "row"));
      channels.push({ channel, total, messages });
    }
    const remaining = summaries.length - shown.length;
    return { channels, has_more: remaining > 0, remaining };
  },
});
