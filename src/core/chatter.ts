import { createRecentMap } from "./recent-map.ts";

/** How much agents have said lately, by the breaker's key, since a person spoke or the breaker was opened. */
export interface Chatter {
  /** Whether as much was said as may be. */
  isSpent(key: string, now: number): boolean;
  count(key: string, now: number): void;
  /** How long a chain of answers was when the counting began. */
  hopsBefore(key: string): number;
  reset(key: string, hops: number): void;
  keys(): Iterable<string>;
  readonly size: number;
}

interface Counted {
  /** Of the last messages, at most as many as may be said. */
  readonly times: number[];
  readonly hopsBefore: number;
}

/** At most `most` messages in any `windowMs`, for each of at most `maxKeys` keys. */
export function createChatter(most: number, windowMs: number, maxKeys: number): Chatter {
  const said = createRecentMap<Counted>(maxKeys);
  return {
    isSpent(key, now) {
      const times = said.get(key)?.times ?? [];
      const [oldest] = times;
      return oldest !== undefined && times.length >= most && now - oldest < windowMs;
    },
    count(key, now) {
      const before = said.get(key) ?? { times: [], hopsBefore: 0 };
      before.times.push(now);
      if (before.times.length > most) before.times.shift();
      said.set(key, before);
    },
    hopsBefore: (key) => said.get(key)?.hopsBefore ?? 0,
    reset: (key, hops) => {
      said.set(key, { times: [], hopsBefore: hops });
    },
    *keys() {
      for (const [key] of said.entries()) yield key;
    },
    get size() {
      return said.size;
    },
  };
}
