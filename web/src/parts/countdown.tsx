import { useEffect, useState } from "react";
import { systemClock } from "../../../src/core/clock.ts";

/** How long until then, second by second: `in 4 s`, and `now` when it is over. */
export function Countdown({ to }: { readonly to: number }) {
  const [now, setNow] = useState(systemClock.now);
  const leftMs = to - now;

  useEffect(() => {
    if (leftMs <= 0) return;
    // To the next whole second, so that none is skipped.
    const timeout = setTimeout(() => setNow(systemClock.now()), leftMs % 1000 || 1000);
    return () => clearTimeout(timeout);
  }, [leftMs]);

  return leftMs > 0 ? `in ${Math.ceil(leftMs / 1000)} s` : "now";
}
