import { systemTimer, type Timer } from "../../src/client/timer.ts";

/** A client's timer that keeps what takes a second or longer until the test lets it go; the rest goes by itself. */
export interface HeldTimer {
  readonly timer: Timer;
  /** The times that are waited for, in milliseconds. */
  held(): readonly number[];
  /** Lets go whatever waits for exactly so long. */
  fire(ms: number): void;
}

export function createHeldTimer(): HeldTimer {
  const waiting = new Set<{ readonly ms: number; readonly act: () => void }>();
  return {
    timer(ms, act) {
      if (ms < 1000) return systemTimer(ms, act);
      const held = { ms, act };
      waiting.add(held);
      return () => waiting.delete(held);
    },
    held: () => Array.from(waiting, ({ ms }) => ms),
    fire(ms) {
      for (const held of waiting) {
        if (held.ms !== ms) continue;
        waiting.delete(held);
        held.act();
      }
    },
  };
}
