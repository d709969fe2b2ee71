import { useEffect, useState } from "react";
import { systemClock } from "../../../../src/core/clock.ts";

const secondMs = 1_000;
const secondsUntil = (at: number) => Math.max(0, Math.ceil((at - systemClock.now()) / secondMs));

/** Whole seconds until then, counted down; 0 when it is over. By this machine's clock. */
export function useSecondsUntil(at: number): number {
  const [seconds, setSeconds] = useState(() => secondsUntil(at));
  useEffect(() => {
    const tick = () => setSeconds(secondsUntil(at));
    tick();
    const timer = setInterval(tick, secondMs);
    return () => clearInterval(timer);
  }, [at]);
  return seconds;
}
