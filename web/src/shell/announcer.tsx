import { useEffect, useState } from "react";
import { usePathname } from "wouter/use-browser-location";
import { visible } from "../../../src/core/visible.ts";
import { systemTimer } from "../../../src/client/timer.ts";
import { useLive, useLiveState, useSession } from "../bridge/bridge.tsx";
import { nameIn } from "../routes.ts";
import { createDigest } from "./digest.ts";

/** For those who hear the page: what came, a sentence now and then, and at once what went wrong. */
export function Announcer() {
  const live = useLive();
  const { who } = useSession();
  const path = usePathname();
  const channel = path.startsWith("/c/") ? nameIn(path) : undefined;
  const isLost = useLiveState(({ connection }) => connection.kind === "retrying");
  const failed = useLiveState(({ pending }) => pending.findLast(({ error }) => error !== undefined)?.error);
  const [said, say] = useState("");

  useEffect(() => {
    const digest = createDigest({ channel, reader: who?.name ?? "you", timer: systemTimer, say });
    const unfollow = live.follow(digest.take);
    return () => {
      unfollow();
      digest.close();
    };
  }, [live, channel, who?.name]);

  return (
    <>
      <p className="hidden-but-read" aria-live="polite">
        {said}
      </p>
      <p className="hidden-but-read" role="alert">
        {isLost ? "Connection lost. Trying again." : ""}
        {failed === undefined ? "" : `Not sent: ${visible(failed.message)}`}
      </p>
    </>
  );
}
