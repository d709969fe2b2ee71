import { useEffect, useRef } from "react";
import { useLiveState } from "../bridge/bridge.tsx";
import { session } from "../bridge/session.ts";
import { useStatus } from "../bridge/use-status.ts";
import { notices } from "../notify/notices.ts";

/** Does what a change of the connection asks for, and says what there is to say of it, once. */
export function ConnectionWatch() {
  const connection = useLiveState((state) => state.connection);
  const version = useStatus()?.version;
  const first = useRef(version);

  useEffect(() => {
    if (connection.kind === "ended") {
      // A place that the bridge does not know: it is another one, or has forgotten. All is read anew.
      if (connection.code === "cursor_stale") session.renew();
      else void session.check();
    }
    if (connection.kind === "live" && connection.isAgain) void session.check();
  }, [connection]);

  useEffect(() => {
    first.current ??= version;
    if (version === undefined || version === first.current) return;
    const action = { words: "Reload", run: () => location.reload() };
    notices.show({ key: "updated", text: "Dashboard updated.", action });
  }, [version]);

  return undefined;
}
