import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import type { ChannelSummary } from "../core/store.ts";
import { formatTime } from "../core/time.ts";

/** A channel as lists show it: `group` is what stands before the first colon of its name. */
export const channelRow = z.object({
  id: z.string(),
  group: z.string(),
  name: z.string(),
  count: z.int(),
  last_ts: z.string(),
  last_ts_full: z.string(),
  senders: z.array(z.string()),
});

function toChannelRow({ channel, messages, lastAcceptedAt, senders }: ChannelSummary): z.output<typeof channelRow> {
  const colon = channel.indexOf(":");
  const last = formatTime(lastAcceptedAt);
  return {
    id: channel,
    group: channel.slice(0, Math.max(colon, 0)),
    name: channel.slice(colon + 1),
    count: messages,
    last_ts: last,
    last_ts_full: last,
    senders: [...senders],
  };
}

export const channels = defineOperation({
  name: "channels",
  title: "List channels",
  summary: "The channels that have messages.",
  permission: "read",
  effect: "reads",
  input: z.object({}),
  output: z.object({ channels: z.array(channelRow), total_messages: z.int() }),

  async run(_input, { store }) {
    const rows = (await store.channels()).map(toChannelRow);
    return { channels: rows, total_messages: rows.reduce((sum, { count }) => sum + count, 0) };
  },
});
