import { z } from "zod";
import type { Caps } from "../core/limits.ts";
import { type Context, defineOperation } from "../core/operation.ts";
import { localOperator, may, tokenHolder } from "../core/principal.ts";
import { formatDuration } from "../core/time.ts";
import { channelRow, channels } from "./channels.ts";
import { ping } from "./ping.ts";

export const state = defineOperation({
  name: "state",
  title: "Bridge state",
  summary: "Everything a dashboard starts from: uptime, channels, streams, limits.",
  permission: "read",
  effect: "reads",
  input: z.object({}),
  output: z.object({
    service: z.string(),
    status: z.string(),
    version: z.string(),
    uptime_seconds: z.int(),
    uptime_human: z.string(),
    total_messages: z.int(),
    channels: z.array(channelRow),
    sse_subscribers: z.int(),
    sse_dropped_events: z.literal(0).describe("Always 0: a stream that cannot keep up is ended, and resumes"),
    open_waits: z.int(),
    retention_days: z.number(),
    disk_free_bytes: z.int().nullable().describe("Of the disk that the messages are on; null if that is not known"),
    disk_low: z.boolean().describe("Make room: on a full disk messages are refused with store_full"),
    audit_enabled: z
      .boolean()
      .describe("Each message is written into the audit too; what changes the bridge always is"),
    principals: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          messages_last_minute: z.int(),
          bytes_last_minute: z.int(),
          streams: z.int(),
          waits: z.int(),
        }),
      )
      .optional()
      .describe("Who does how much; only for those who administer the bridge"),
    limits: z.record(z.string(), z.number()),
    server_time: z.string(),
  }),

  async run(_input, context) {
    const { about, access, caps, clock, principal, store, streams, waits } = context;
    const { service, status, version, server_time } = await ping.run({}, context);
    const { channels: rows, total_messages } = await channels.run({}, context);
    const health = await store.health?.();
    const uptimeSeconds = Math.max(0, Math.floor((clock.now() - about.startedAt) / 1000));
    return {
      service,
      status,
      version,
      uptime_seconds: uptimeSeconds,
      uptime_human: formatDuration(uptimeSeconds),
      total_messages,
      channels: rows,
      sse_subscribers: streams.inside,
      sse_dropped_events: 0 as const,
      open_waits: waits.inside,
      retention_days: about.retentionDays,
      disk_free_bytes: health?.diskFreeBytes ?? null,
      disk_low: health?.diskIsLow ?? false,
      audit_enabled: access.auditsMessages(),
      ...(may(principal, "admin") ? { principals: activity(context) } : {}),
      limits: snakeCased(caps),
      server_time,
    };
  },
});

/** Of everybody who is known, and of the others who have sent or are reading now. */
function activity({ access, streams, waits }: Context) {
  const sent = new Map(access.traffic().map((traffic) => [traffic.principal, traffic]));
  const known = access.directory.list().filter(({ revokedAt }) => revokedAt === undefined);
  const rows = [...[localOperator, tokenHolder].filter(({ id }) => isActive(id)), ...known];

  function isActive(id: string): boolean {
    return sent.has(id) || streams.insideOf(id) > 0 || waits.insideOf(id) > 0;
  }

  return rows.map(({ id, name }) => ({
    id,
    name,
    messages_last_minute: sent.get(id)?.messages ?? 0,
    bytes_last_minute: sent.get(id)?.bytes ?? 0,
    streams: streams.insideOf(id),
    waits: waits.insideOf(id),
  }));
}

/** Names on the wire are snake_case. */
export const snakeCased = (caps: Caps): Record<string, number> =>
  Object.fromEntries(
    Object.entries(caps).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
