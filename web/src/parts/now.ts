import { useSyncExternalStore } from "react";
import { systemClock } from "../../../src/core/clock.ts";

/** Ages are shown in seconds at first, and then in minutes: nobody needs them sooner. */
const everyMs = 5_000;

let now = systemClock.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = systemClock.now();
    for (const tell of listeners) tell();
  }, everyMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, for ages: the same for all who ask, and another every few seconds. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
