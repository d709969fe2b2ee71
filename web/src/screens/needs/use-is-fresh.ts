import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { anyPerson } from "../../../../src/core/agent-name.ts";
import { client, useLiveState } from "../../bridge/bridge.tsx";

/**
 * Whether no agent was ever here, and so the first steps are still to be taken; undefined while that is not known. What
 * was so when the screen was opened stays so while it is open: its steps do not go away under their reader.
 */
export function useIsFresh(): boolean | undefined {
  const { data } = useQuery({ queryKey: ["agents"], queryFn: ({ signal }) => client.agents({ signal }) });
  const [wasFresh, setWasFresh] = useState(false);
  const hasSeen = useLiveState((state) => [...state.agents.keys()].some((name) => name !== anyPerson));
  if (wasFresh) return true;
  if (hasSeen) return false;
  if (data === undefined) return undefined;
  const isFresh = data.every(({ name }) => name === anyPerson);
  if (isFresh) setWasFresh(true);
  return isFresh;
}
