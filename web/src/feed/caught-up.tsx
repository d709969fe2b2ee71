import { useEffect, useState } from "react";
import { useLiveState } from "../bridge/bridge.tsx";
import "./caught-up.css";

/** Long enough to be read, and then it has been said. */
const shownMs = 8_000;

/** Says once, when a lost connection is back, how much came with it. */
export function CaughtUp() {
  const count = useLiveState(({ caughtUp }) => caughtUp);
  const since = useLiveState(({ connection }) => (connection.kind === "live" ? connection.since : undefined));
  const [said, setSaid] = useState<number>();
  const isNew = count > 0 && since !== undefined && said !== since;

  useEffect(() => {
    if (!isNew) return;
    const timer = setTimeout(() => setSaid(since), shownMs);
    return () => clearTimeout(timer);
  }, [isNew, since]);

  return (
    <output className="caught-up" hidden={!isNew}>
      {isNew ? `Caught up: ${count === 1 ? "1 message" : `${count.toLocaleString("en-GB")} messages`}` : ""}
    </output>
  );
}
