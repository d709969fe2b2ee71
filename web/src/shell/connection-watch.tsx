import { useEffect, useRef } from "react";
import { useLive, useLiveState } from "../bridge/bridge.tsx";
import { session } from "../bridge/session.ts";
import { useStatus } from "../bridge/use-status.ts";
import { notices } from "../notify/notices.ts";

/** What had waited has come by then. */
const caughtUpMs = 2_000;

/** Does what a change of the connection asks for, and says what there is to say of it, once. */
export function ConnectionWatch() {
  const live = useLive();
  const connection = useLiveState((state) => state.connection);
  const version = useStatus()?.version;
  const first = useRef(version);

  useEffect(() => {
    if (connection.kind === "ended") {
      // A place that the bridge does not know: it is another one, or has forgotten. All is read anew.
      if (connection.code === "cursor_stale") session.renew();
      else void session.check();
    }
    if (connection.kind !== "live" || !connection.isAgain) return;
    void session.check();
    const timeout = setTimeout(() => {
      const { caughtUp } = live.snapshot();
      if (caughtUp > 0) notices.show({ key: "caught-up", text: `Caught up: ${plural(caughtUp)}` });
    }, caughtUpMs);
    return () => clearTimeout(timeout);
  }, [connection, live]);

  useEffect(() => {
    first.current ??= version;
    if (version === undefined || version === first.current) return;
    const action = { words: "Reload", run: () => location.reload() };
    notices.show({ key: "updated", text: "Dashboard updated.", action });
  }, [version]);

  return undefined;
}

const plural = (count: number) => (count === 1 ? "1 message" : `${count} messages`);
