import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { client, useLiveState } from "./bridge.tsx";

/** Somebody who looks at it wants to know that it is quick, not how quick to the second. */
const everyMs = 30_000;
const queryKey = ["status"];

export interface BridgeStatus {
  readonly version: string;
  /** From the question to the answer, in milliseconds. */
  readonly tookMs: number;
}

/** How the bridge answers: asked for now and then while somebody looks, and when the connection is back. */
export function useStatus(): BridgeStatus | undefined {
  const connection = useLiveState((state) => state.connection);
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey,
    async queryFn({ signal }): Promise<BridgeStatus> {
      const from = performance.now();
      const { version } = await client.status({ signal, patienceMs: 0 });
      return { version, tookMs: performance.now() - from };
    },
    enabled: connection.kind === "live",
    staleTime: everyMs,
    refetchInterval: everyMs,
  });
  const isBack = connection.kind === "live" && connection.isAgain;
  const since = connection.kind === "live" ? connection.since : 0;

  useEffect(() => {
    if (isBack) void queries.invalidateQueries({ queryKey });
  }, [isBack, since, queries]);

  return data;
}
