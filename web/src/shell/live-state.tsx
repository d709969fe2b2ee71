import type { Connection } from "../../../src/view/live/source.ts";
import { useStatus } from "../bridge/use-status.ts";

const words = { connecting: "Connecting", live: "Live", retrying: "Reconnecting", ended: "Not connected" } as const;
const looks = { connecting: "waiting", live: "now", retrying: "waiting", ended: "ended" } as const;

/** Whether what one sees is now, and how quickly the bridge answers. */
export function LiveState({ connection: { kind } }: { readonly connection: Connection }) {
  const status = useStatus();
  return (
    <span className={`live-state live-state-${looks[kind]}`}>
      {words[kind]}
      {kind === "live" && status !== undefined ? (
        <span className="live-state-took">{Math.max(1, Math.round(status.tookMs))} ms</span>
      ) : undefined}
    </span>
  );
}
