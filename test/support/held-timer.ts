import type { Timer } from "../../src/client/index.ts";

/** A client's timer that keeps what takes a second or longer until the test lets it go; the rest goes by itself. */
export interface HeldTimer {
  readonly timer: Timer;
  /** The times that are waited for, in milliseconds. */
  held(): readonly number[];
  /** Lets go whatever waits for exactly so long. */
  fire(ms: number): void;
}

export function createHeldTimer(): HeldTimer {
  // Kept, for a test that takes the platform's timers away from the bridge.
  const { setTimeout, clearTimeout } = globalThis;
  const waiting = new Set<{ readonly ms: number; readonly act: () => void }>();
  return {
    timer(ms, act) {
      if (ms < 1000) {
        const timeout = setTimeout(act, ms);
        return () => clearTimeout(timeout);
      }
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
