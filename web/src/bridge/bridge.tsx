import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type BridgeClient, connect, type Session } from "../../../src/client/index.ts";
import { createFeed, type Feed, type FeedState } from "../../../src/view/live/feed.ts";
import type { History } from "../../../src/view/live/history.ts";
import { createLive, type Live, type LiveState } from "../../../src/view/live/live.ts";
import { tabSource } from "./tab-source.ts";

/** The bridge that this page is of. Calls are made in the name of whoever is signed in. */
export const client: BridgeClient = connect({ url: location.origin, agent: "you" });

const LiveContext = createContext<Live | undefined>(undefined);
const SessionContext = createContext<Session | undefined>(undefined);

/** Opens the stream for all that is inside, once somebody may read. */
export function BridgeProvider({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  const [live, setLive] = useState<Live>();
  useEffect(() => {
    const opened = createLive({ client, source: tabSource(client) });
    setLive(opened);
    return () => opened.close();
  }, []);
  if (live === undefined) return undefined;
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

export function useSession(): Session {
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
export function useFeed(history: History, at?: string): readonly [FeedState, Feed] | undefined {
  const live = useLive();
  const [feed, setFeed] = useState<Feed>();
  useEffect(() => {
    const opened = createFeed({ live, history, at });
    setFeed(opened);
    return () => opened.close();
  }, [live, history, at]);
  const subscribe = useMemo(() => feed?.subscribe ?? (() => () => {}), [feed]);
  const state = useSyncExternalStore(subscribe, () => feed?.snapshot());
  return feed === undefined || state === undefined ? undefined : [state, feed];
}
