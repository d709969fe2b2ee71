import { systemTimer, type Timer } from "../../../client/timer.ts";
import type { RunningApp } from "./create-app.ts";

/** A countdown is told each second; ages, in which a minute is the smallest that matters, more seldom. */
const countingMs = 1_000;
const idleMs = 15_000;

/** Draws anew as time passes. Returns what ends that. */
export function createTicks(
  app: Pick<RunningApp, "ui" | "live" | "change" | "subscribe">,
  timer: Timer = systemTimer,
): () => void {
  let cancel = () => {};
  const isCounting = () => app.live.snapshot().connection.kind === "retrying" || app.ui().notice?.undo !== undefined;

  function wait(): void {
    const ms = isCounting() ? countingMs : idleMs;
    cancel();
    cancel = timer(ms, () => {
      app.change({});
      wait();
    });
  }

  let wasCounting = false;
  const unsubscribe = app.subscribe(() => {
    if (isCounting() === wasCounting) return;
    wasCounting = isCounting();
    wait();
  });
  wait();
  return () => {
    unsubscribe();
    cancel();
  };
}
