import type { Connection } from "../../../src/view/live/source.ts";

const words = { connecting: "Connecting", live: "Live", retrying: "Reconnecting", ended: "Not connected" } as const;
const looks = { connecting: "waiting", live: "now", retrying: "waiting", ended: "ended" } as const;

/** Whether what one sees is now. */
export function LiveState({ connection: { kind } }: { readonly connection: Connection }) {
  return <output className={`live-state live-state-${looks[kind]}`}>{words[kind]}</output>;
}
