import { setTimeout as pause } from "node:timers/promises";
import { isBusy } from "./errors.ts";

/**
 * How long SQLite itself waits for a lock, in milliseconds. It blocks the event loop while it does, so it is
 * short, and the long waits are ours.
 */
export const busyTimeoutMs = 5;

const longestPauseMs = 50;

/** The pause before the next try: longer with each, and random, so that two processes do not keep step. */
export const backoffMs = (tries: number): number => 1 + Math.random() * Math.min(longestPauseMs, 2 ** tries);

/** Runs `work` until the database is not busy; after `patienceMs` its error is the caller's. */
export async function whenFree<T>(work: () => T, patienceMs: number): Promise<T> {
  const giveUp = performance.now() + patienceMs;
  for (let tries = 0; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUp) throw error;
    }
    await pause(backoffMs(tries));
  }
}
