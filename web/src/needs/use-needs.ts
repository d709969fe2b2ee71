import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Needs } from "../../../src/client/index.ts";
import type { Live } from "../../../src/view/live/live.ts";
import { client, useLive } from "../bridge/bridge.tsx";

const queryKey = ["needs"];
/** What comes within this time is asked for once: in a flood too, nobody reads faster. */
const gatherMs = 1_000;

/**
 * What a person should look at; asked for anew when something happens on the bridge that may change it, and by nobody
 * else's clock. However many ask, it is one request.
 */
export function useNeeds() {
  const live = useLive();
  const queries = useQueryClient();
  useEffect(() => watchFor(live, queries), [live, queries]);
  return useQuery({ queryKey, queryFn: ({ signal }) => client.needs({ signal }), staleTime: Infinity });
}

/** How many things wait for a person; 0 until that is known. */
export function useNeedsCount(): number {
  const { data } = useNeeds();
  return data === undefined ? 0 : countOf(data);
}

const countOf = ({ questions, unnoticed, failed, loops }: Needs): number =>
  questions.length + unnoticed.length + failed.length + loops.length;

let watchers = 0;
let stop: (() => void) | undefined;

/** One watch for all who look; a page has one bridge. */
function watchFor(live: Live, queries: QueryClient): () => void {
  watchers += 1;
  stop ??= watch(live, () => void queries.invalidateQueries({ queryKey }));
  return () => {
    watchers -= 1;
    if (watchers > 0) return;
    stop?.();
    stop = undefined;
    // What happens while nobody looks is not heard of.
    void queries.invalidateQueries({ queryKey, refetchType: "none" });
  };
}

/** Messages, receipts, clears and agents all count: each can answer a question, free a message or bring its reader. */
function watch(live: Live, askAnew: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const off = live.follow((entries) => {
    if (entries.length === 0) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      askAnew();
    }, gatherMs);
  });
  return () => {
    off();
    clearTimeout(timer);
  };
}
