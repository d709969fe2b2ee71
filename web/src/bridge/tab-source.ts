import { type BridgeClient } from "../../../src/client/index.ts";
import { type Batch, clientSource, type Source } from "../../../src/view/live/source.ts";
import type { Ask } from "./sharing.ts";
// oxlint-disable-next-line import/default -- the build makes it
import workerUrl from "./stream-worker.ts?sharedworker&url";
import { ownScript } from "./trusted.ts";

/** The stream of all tabs where the browser lets them share one, else one of this tab's own. */
export const tabSource = (client: BridgeClient): Source =>
  "SharedWorker" in window ? sharedSource() : clientSource(client);

function sharedSource(): Source {
  return {
    open(take) {
      const worker = new SharedWorker(ownScript(workerUrl), { type: "module", name: "claude-bridge" });
      const { port } = worker;
      const say = (what: Ask) => port.postMessage(what);
      const leave = () => say("leave");
      port.addEventListener("message", ({ data }: MessageEvent<Batch>) => take(data));
      port.start();
      // A page that goes into the back/forward cache takes part again when it is back.
      const comeBack = ({ persisted }: PageTransitionEvent) => {
        if (persisted) location.reload();
      };
      window.addEventListener("pagehide", leave);
      window.addEventListener("pageshow", comeBack);
      return () => {
        leave();
        port.close();
        window.removeEventListener("pagehide", leave);
        window.removeEventListener("pageshow", comeBack);
      };
    },
  };
}
