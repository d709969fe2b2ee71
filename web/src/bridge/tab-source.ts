import { type BridgeClient } from "../../../src/client/index.ts";
import { createListeners } from "../../../src/core/listeners.ts";
import { clientSource, type Source } from "../../../src/view/live/source.ts";
import { type Ask, hereEveryMs, type Told } from "./sharing.ts";
// oxlint-disable-next-line import/default -- the build makes it
import workerUrl from "./stream-worker.ts?sharedworker&url";
import { ownScript } from "./trusted.ts";

/**
 * The stream of all tabs where the browser lets them share one, else one of this tab's own. `onMissed` is called when
 * the tab was away for so long that it does not have all that came.
 */
export const tabSource = (client: BridgeClient, onMissed: () => void): Source =>
  "SharedWorker" in window ? sharedSource(onMissed) : clientSource(client);

function sharedSource(onMissed: () => void): Source {
  const hurried = createListeners();
  return {
    retryNow: () => hurried.wakeAll(),
    open(take) {
      const worker = new SharedWorker(ownScript(workerUrl), { type: "module", name: "claude-bridge" });
      const { port } = worker;
      const say = (what: Ask) => port.postMessage(what);
      port.addEventListener("message", ({ data }: MessageEvent<Told>) => (data === "missed" ? onMissed() : take(data)));
      port.start();
      const undo = [hurried.add(() => say("retry")), ...whileThere(say, onMissed)];
      return () => {
        for (const one of undo) one();
        say("leave");
        port.close();
      };
    },
  };
}

/** Says that the tab is there, and when it goes. One that comes out of the back/forward cache has missed something. */
function whileThere(say: (what: Ask) => void, onMissed: () => void): readonly (() => void)[] {
  const here = () => say("here");
  const beat = setInterval(here, hereEveryMs);
  return [
    () => clearInterval(beat),
    listen(document, "visibilitychange", here),
    listen(document, "resume", here),
    listen(window, "online", () => say("retry")),
    listen(window, "pagehide", () => say("leave")),
    listen(window, "pageshow", (event) => {
      if ("persisted" in event && event.persisted === true) onMissed();
    }),
  ];
}

function listen(target: EventTarget, type: string, listener: (event: Event) => void): () => void {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}
