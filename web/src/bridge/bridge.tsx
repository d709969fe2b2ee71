import { createContext, type ReactNode, use, useMemo, useSyncExternalStore } from "react";
import { type BridgeClient, connect, type Session } from "../../../src/client/index.ts";
import type { History } from "../../../src/view/live/history.ts";
import { createLive, type Live, type LiveState } from "../../../src/view/live/live.ts";
import { createFeedHandle, type OpenFeed } from "./feed-handle.ts";
import { tabSource } from "./tab-source.ts";

/** The bridge that this page is of. Calls are made in the name of whoever is signed in. */
export const client: BridgeClient = connect({ url: location.origin, agent: "you" });

const LiveContext = createContext<Live | undefined>(undefined);
const SessionContext = createContext<Session | undefined>(undefined);

let opened: Live | undefined;
/** One for the page, for as long as it stands: who signs out leaves the page. */
const openLive = () => (opened ??= createLive({ client, source: tabSource(client) }));

/** For all that is inside, once somebody may read. */
export function BridgeProvider({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  const live = openLive();
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
export function useFeed(history: History, at?: string): OpenFeed | undefined {
  const live = useLive();
  const handle = useMemo(() => createFeedHandle({ live, history, at }), [live, history, at]);
  return useSyncExternalStore(handle.subscribe, handle.snapshot);
}
