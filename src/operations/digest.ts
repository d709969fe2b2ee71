import { z } from "zod";
import type { ChannelName, ConsumerId, Seq } from "../core/message.ts";
import { selfOf } from "../core/mailboxes.ts";
import type { Context } from "../core/operation.ts";
import type { Place } from "../core/presence.ts";
import { may } from "../core/principal.ts";
import { only } from "../core/scope.ts";

export const digest = z
  .array(z.object({ channel: z.string(), messages: z.int() }))
  .describe("What else came in channels that you read lately, neither by you nor for you; reading them empties it");

/** The most first. Costs a look at counters for each channel that the agent follows. */
export async function digestOf(
  { store, agents, principal }: Pick<Context, "store" | "agents" | "principal">,
  agent: string,
): Promise<z.output<typeof digest>> {
  const follows = agents.follows(agent).filter(({ channel }) => may(principal, "read", channel));
  const newest = follows.length === 0 ? 0 : await store.lastSeq();
  const counted = follows
    .filter(({ seq }) => seq < newest)
    .map(async ({ channel, seq, passed, earlier = 0 }) => {
      const came = await store.remaining(only(channel), seq);
      return { channel, messages: Math.max(0, came - passed.length - earlier) };
    });
  const rows = (await Promise.all(counted)).filter(({ messages }) => messages > 0);
  return rows.toSorted((a, b) => b.messages - a.messages);
}

/** The caller was given the channels up to these entries: it follows them from there on, if it is known who it is. */
export function noteGiven(context: Context, consumer: ConsumerId | undefined, places: readonly Place[]): void {
  const { self = selfOf(context.principal, consumer), principal, agents } = context;
  if (self !== undefined && places.length > 0) agents.gave({ name: self.name, principal }, places);
}

/** How far each channel was given: up to where it was read from, or to its last entry on the page. */
export function placesOf(
  names: readonly ChannelName[],
  start: (channel: ChannelName) => Seq,
  page: readonly Place[],
): readonly Place[] {
  const places = new Map(names.map((name) => [name, start(name)]));
  for (const { channel, seq } of page) if (seq > (places.get(channel) ?? 0)) places.set(channel, seq);
  return Array.from(places, ([channel, seq]) => ({ channel, seq }));
}
