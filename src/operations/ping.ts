import { z } from "zod";
import type { About } from "../core/operation.ts";
import { defineOperation } from "../core/operation.ts";
import { formatTime } from "../core/time.ts";

export const online = z.object({
  service: z.string(),
  status: z.string(),
  version: z.string(),
  server_time: z.string(),
});

/** What the bridge tells anybody, without a credential. */
export const sayOnline = (about: About, now: number): z.output<typeof online> => ({
  service: "claude-bridge",
  status: "online",
  version: about.version,
  server_time: formatTime(now),
});

export const ping = defineOperation({
  name: "ping",
  title: "Ping the bridge",
  summary: "Is the bridge there? Its version, time and size.",
  permission: "read",
  effect: "reads",
  input: z.object({}),
  output: online.extend({ channels: z.int(), messages: z.int() }),

  async run(_input, { store, about, clock }) {
    return { ...sayOnline(about, clock.now()), ...(await store.totals()) };
  },
});
