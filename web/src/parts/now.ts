import { useSyncExternalStore } from "react";
import { systemClock } from "../../../src/core/clock.ts";
import { createListeners } from "../../../src/core/listeners.ts";

/** Ages are shown in seconds at first, and then in minutes: nobody needs them sooner. */
const everyMs = 5_000;

let now = systemClock.now();
const ticked = createListeners();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  const leave = ticked.add(listener);
  timer ??= setInterval(() => {
    now = systemClock.now();
    ticked.wakeAll();
  }, everyMs);
  return () => {
    leave();
    if (!ticked.isEmpty()) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, for ages: the same for all who ask, and another every few seconds. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
