import { z } from "zod";
import type { AgentRecord } from "../core/agent-records.ts";
import type { ChannelName, Seq } from "../core/message.ts";
import { doings, type Presence } from "../core/presence.ts";

const seqOf = z.number().transform((value) => value as Seq);
const follow = z.object({
  channel: z.string().transform((value) => value as ChannelName),
  seq: seqOf,
  at: z.number(),
  passed: z.array(seqOf).catch([]),
  earlier: z.number().optional(),
});

/** What is written down of an agent. Lenient: what another version wrote must not make it unknown. */
const body = z.looseObject({
  project: z.string().optional(),
  client: z.object({ name: z.string(), version: z.string() }).optional(),
  shim: z.string().optional(),
  doing: z.enum(doings).catch("idle"),
  waitingOn: z.string().optional(),
  ways: z.array(z.string()).catch([]),
  proved: z.object({ way: z.string(), at: z.number() }).optional().catch(undefined),
  firstSeenAt: z.number(),
  calledAt: z.number().optional(),
  listenedAt: z.number().optional(),
  cameAt: z.number().optional(),
  leftAt: z.number().optional(),
  follows: z.array(follow).optional().catch(undefined),
});

export function toRecord({ name, principal, seenAt, openWaits: _w, openInboxes: _i, ...rest }: Presence): AgentRecord {
  return { name, principal, seenAt, body: JSON.stringify(rest) };
}

/** Nothing for a record that cannot be read. */
export function readRecord({ name, principal, seenAt, body: text }: AgentRecord): readonly Presence[] {
  const read = body.safeParse(parse(text));
  return read.success ? [{ ...read.data, name, principal, seenAt, openWaits: 0, openInboxes: 0 }] : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
