import { type Breaker, keyOf } from "./breakers.ts";
import { createRecentMap } from "./recent-map.ts";

/** How much agents have said lately at each breaker, since a person spoke there or it was opened. */
export interface Chatter {
  /** Whether as much was said as may be. */
  isSpent(breaker: Breaker, now: number): boolean;
  /** `hops` is how many answers in a row the message ends. */
  count(breaker: Breaker, hops: number, now: number): void;
  /** Of a chain that ends in so many, those since the counting began. */
  hopsSince(breaker: Breaker, hops: number): number;
  /** Begins anew: chains that have `hops` already, or as many as the last message that was counted, may go on. */
  reset(breaker: Breaker, hops: number): void;
  /** Where something was said. */
  list(): readonly Breaker[];
  readonly size: number;
}

interface Counted {
  readonly breaker: Breaker;
  /** Of the last messages, at most as many as may be said. */
  readonly times: number[];
  /** How many answers in a row the last message ended, and how many there were when the counting began. */
  hops: number;
  readonly hopsBefore: number;
}

/** At most `most` messages in any `windowMs`, at each of at most `maxBreakers` breakers. */
export function createChatter(most: number, windowMs: number, maxBreakers: number): Chatter {
  const counted = createRecentMap<Counted>(maxBreakers);
  return {
    isSpent(breaker, now) {
      if (most === 0) return true;
      const times = counted.get(keyOf(breaker))?.times ?? [];
      const [oldest] = times;
      return oldest !== undefined && times.length >= most && now - oldest < windowMs;
    },
    count(breaker, hops, now) {
      const key = keyOf(breaker);
      const before = counted.get(key) ?? { breaker, times: [], hops, hopsBefore: 0 };
      before.hops = hops;
      before.times.push(now);
      if (before.times.length > most) before.times.shift();
      counted.set(key, before);
    },
    hopsSince: (breaker, hops) => hops - (counted.get(keyOf(breaker))?.hopsBefore ?? 0),
    reset(breaker, hops) {
      const key = keyOf(breaker);
      const hopsBefore = Math.max(hops, counted.get(key)?.hops ?? 0);
      counted.set(key, { breaker, times: [], hops: hopsBefore, hopsBefore });
    },
    list: () => Array.from(counted.entries(), ([, { breaker }]) => breaker),
    get size() {
      return counted.size;
    },
  };
}
