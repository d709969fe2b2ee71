import type { FakeClock } from "./fake-clock.ts";

export interface FakeTimer {
  /** Calls `act` when the clock was moved on by `ms`. Returns what calls it off. */
  readonly timer: (ms: number, act: () => void) => () => void;
  /** Moves the clock on, and calls what is to be called on the way, at its time. */
  advance(ms: number): void;
}

/** A timer that goes by a clock which stands still. */
export function createFakeTimer(clock: FakeClock): FakeTimer {
  const waiting = new Set<{ readonly at: number; readonly act: () => void }>();
  return {
    timer(ms, act) {
      const one = { at: clock.now() + ms, act };
      waiting.add(one);
      return () => waiting.delete(one);
    },
    advance(ms) {
      const end = clock.now() + ms;
      for (;;) {
        const next = [...waiting].toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > end) break;
        waiting.delete(next);
        clock.set(Math.max(next.at, clock.now()));
        next.act();
      }
      clock.set(end);
    },
  };
}
