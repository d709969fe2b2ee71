import { useEffect, useState } from "react";
import { systemClock } from "../../../src/core/clock.ts";
import { visible } from "../../../src/core/visible.ts";
import { useLive, useLiveState } from "../bridge/bridge.tsx";
import { session } from "../bridge/session.ts";
import { Button } from "../parts/button.tsx";
import { Countdown } from "../parts/countdown.tsx";
import "./connection-bar.css";

/** Most of what is lost is back by then. */
const patienceMs = 2_000;

/** Says so when the bridge is away, and for how long; what is shown can be read meanwhile. */
export function ConnectionBar() {
  const live = useLive();
  const connection = useLiveState((state) => state.connection);
  const isLost = useIsOlder(connection.kind === "retrying" ? connection.since : undefined, patienceMs);
  if (connection.kind === "ended") {
    return (
      <div className="connection-bar">
        <p>The bridge sends nothing more: {visible(connection.reason)}.</p>
        <Button onClick={() => session.renew()}>Try again</Button>
      </div>
    );
  }
  if (connection.kind !== "retrying" || !isLost) return undefined;
  return (
    <div className="connection-bar">
      <p>
        Connection lost. Retrying <Countdown key={connection.retryAt} to={connection.retryAt} />. Messages are safe on
        the bridge.
      </p>
      <Button onClick={() => live.retryNow()}>Try now</Button>
    </div>
  );
}

/** Whether that is so long ago, in milliseconds; drawn anew when it becomes so. */
function useIsOlder(since: number | undefined, ms: number): boolean {
  const [seen, setSeen] = useState<number>();

  useEffect(() => {
    if (since === undefined) return;
    const timeout = setTimeout(() => setSeen(since), since + ms - systemClock.now());
    return () => clearTimeout(timeout);
  }, [since, ms]);

  return since !== undefined && seen === since;
}
