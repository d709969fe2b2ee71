import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from "react";
import type { History } from "../../../src/view/live/history.ts";
import { createLive, type Live, type LiveState } from "../../../src/view/live/live.ts";
import { client } from "./client.ts";
import { createFeedHandle, type OpenFeed } from "./feed-handle.ts";
import type { OpenSession } from "./session-store.ts";
import { session as store } from "./session.ts";
import { tabSource } from "./tab-source.ts";

export { client } from "./client.ts";

const LiveContext = createContext<Live | undefined>(undefined);
const SessionContext = createContext<OpenSession | undefined>(undefined);

let opened: { readonly round: number; readonly live: Live } | undefined;

/** One for each round of the session. What could not be sent goes over into the next. */
function openLive(round: number): Live {
  if (opened?.round === round) return opened.live;
  const unsent = opened?.live.outbox.list().filter(({ error }) => error !== undefined);
  opened?.live.close();
  opened = { round, live: createLive({ client, source: tabSource(client, store.renew), unsent: unsent ?? [] }) };
  return opened.live;
}

interface Props {
  readonly session: OpenSession;
  readonly round: number;
  readonly children: ReactNode;
}

/** For all that is inside, once somebody may read. */
export function BridgeProvider({ session, round, children }: Props) {
  const live = openLive(round);
  const queries = useQueryClient();
  useEffect(() => {
    // What was asked for before was answered to somebody else, or has holes.
    if (round > 1) void queries.invalidateQueries();
  }, [round, queries]);
  return (
    <SessionContext value={session}>
      <LiveContext value={live}>{children}</LiveContext>
    </SessionContext>
  );
}

export function useLive(): Live {
  const live = use(LiveContext);
  if (live === undefined) throw new Error("outside of the bridge's provider");
  return live;
}

export function useSession(): OpenSession {
  const session = use(SessionContext);
  if (session === undefined) throw new Error("outside of the bridge's provider");
  return session;
}

/** A part of what is known now; drawn anew when that part is another. */
export function useLiveState<Part>(select: (state: LiveState) => Part): Part {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, () => select(live.snapshot()));
}

/** A list of messages, for as long as it is shown. `history` must stay the same while the list does. */
export function useFeed(history: History, at?: string): OpenFeed | undefined {
  const live = useLive();
  const handle = useMemo(() => createFeedHandle({ live, history, at }), [live, history, at]);
  return useSyncExternalStore(handle.subscribe, handle.snapshot);
}
