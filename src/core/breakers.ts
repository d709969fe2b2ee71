import type { ChannelName } from "./message.ts";
import { createRecentMap } from "./recent-map.ts";

/** Where agents may have run into a loop: between two of them, or in a thread of a channel. */
export type Breaker =
  /** In the order of their characters, whoever spoke first. */
  | { readonly kind: "pair"; readonly between: readonly [string, string] }
  | { readonly kind: "thread"; readonly channel: ChannelName; readonly thread: string };

/** A breaker that lets nothing through. */
export interface ClosedBreaker {
  readonly breaker: Breaker;
  /** For people. */
  readonly reason: string;
  readonly closedAt: number;
  readonly lastTriedAt: number;
  /** How many messages it has kept back. */
  readonly held: number;
  /** The longest chain of answers among them. */
  readonly hops: number;
}

export interface Breakers {
  find(breaker: Breaker): ClosedBreaker | undefined;
  /** Closes it, or counts one more message that it keeps back, for the reason that it was closed for. */
  keepBack(breaker: Breaker, reason: string, hops: number, now: number): ClosedBreaker;
  open(breaker: Breaker): ClosedBreaker | undefined;
  /** Whether nobody has tried for so long that it may open by itself. */
  isQuiet(closed: ClosedBreaker, now: number): boolean;
  /** Those that are closed, the one that was tried longest ago first. */
  list(): readonly ClosedBreaker[];
}

export const pairOf = (one: string, other: string): Breaker & { kind: "pair" } => ({
  kind: "pair",
  between: one < other ? [one, other] : [other, one],
});

export function keyOf(breaker: Breaker): string {
  switch (breaker.kind) {
    case "pair":
      return JSON.stringify(["pair", ...pairOf(...breaker.between).between]);
    case "thread":
      return JSON.stringify(["thread", breaker.channel, breaker.thread]);
  }
}

export function createBreakers(quietMs: number, most: number): Breakers {
  const closed = createRecentMap<ClosedBreaker>(most);
  return {
    find: (breaker) => closed.get(keyOf(breaker)),
    keepBack(breaker, reason, hops, now) {
      const key = keyOf(breaker);
      const before = closed.get(key) ?? { breaker, reason, closedAt: now, held: 0, hops };
      const after = { ...before, lastTriedAt: now, held: before.held + 1, hops: Math.max(before.hops, hops) };
      closed.set(key, after);
      return after;
    },
    open(breaker) {
      const key = keyOf(breaker);
      const before = closed.get(key);
      closed.delete(key);
      return before;
    },
    isQuiet: ({ lastTriedAt }, now) => now - lastTriedAt >= quietMs,
    list: () => Array.from(closed.entries(), ([, one]) => one),
  };
}
