import { useMemo } from "react";
import { useLiveState } from "../bridge/bridge.tsx";
import type { Known } from "./suggestions.ts";

/** Who and what there is on the bridge, to be named in a search. */
export function useKnown(): Known {
  const agents = useLiveState((state) => state.agents);
  const channels = useLiveState((state) => state.channels);
  return useMemo(() => {
    const all = [...(channels?.values() ?? [])];
    const names = new Set([...agents.keys(), ...all.flatMap(({ senders }) => senders), "you"]);
    return { agents: [...names].toSorted(), channels: all.map(({ name }) => name).toSorted() };
  }, [agents, channels]);
}
