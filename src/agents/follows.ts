import { maxFollowed } from "../core/limits.ts";
import type { ChannelName, Seq } from "../core/message.ts";
import type { Follow, Place } from "../core/presence.ts";

/** What was read longer ago is not followed any more. */
const followMs = 7 * 86_400_000;
/** Messages after its place that need not be told of, one by one; of more, only how many. */
const maxPassed = 100;

/** The channels that an agent follows when it was given these places; the one it read last is the last. */
export function followed(follows: readonly Follow[], places: readonly Place[], now: number): readonly Follow[] {
  const all = new Map(lately(follows, now).map((follow) => [follow.channel, follow]));
  for (const { channel, seq } of places) {
    const known = all.get(channel);
    all.delete(channel);
    all.set(channel, known === undefined ? { channel, seq, at: now, passed: [] } : moved(known, seq, now));
  }
  return [...all.values()].slice(-maxFollowed);
}

/** Forward only: whoever reads again what it had has not forgotten the rest. */
function moved(follow: Follow, to: Seq, at: number): Follow {
  if (to <= follow.seq) return { ...follow, at };
  const { channel, passed, earlier } = follow;
  const [oldest = to] = passed;
  const left = passed.filter((seq) => seq > to);
  return { channel, seq: to, at, passed: left, ...(earlier !== undefined && to < oldest ? { earlier } : {}) };
}

/** The message in a channel need not be told of: it is the agent's own, or for it. Undefined when that is no news. */
export function passedOver(follows: readonly Follow[], channel: ChannelName, seq: Seq): readonly Follow[] | undefined {
  const index = follows.findIndex((one) => one.channel === channel && one.seq < seq);
  const follow = follows[index];
  if (follow === undefined) return undefined;
  const passed = [...follow.passed, seq];
  const isFull = passed.length > maxPassed;
  const next = isFull
    ? { ...follow, passed: passed.slice(1), earlier: (follow.earlier ?? 0) + 1 }
    : { ...follow, passed };
  return follows.with(index, next);
}

export const lately = (follows: readonly Follow[], now: number): readonly Follow[] =>
  follows.filter(({ at }) => now - at < followMs);
