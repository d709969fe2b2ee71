import { createFeed, type Feed, type FeedOptions, type FeedState } from "../../../src/view/live/feed.ts";
import type { History } from "../../../src/view/live/history.ts";

/** A list and how it stands. Another object with each change of the list. */
export interface OpenFeed {
  readonly state: FeedState;
  readonly feed: Feed;
}

/** A list that is open while somebody looks at it. */
export interface FeedHandle {
  subscribe(listener: () => void): () => void;
  /** Undefined while nobody does. */
  snapshot(): OpenFeed | undefined;
}

/** How lists ended that were closed: what is known of them until they are read anew. */
const lastStates = new WeakMap<History, FeedState>();
/** More than a screen shows. */
const mostKept = 50;

export function createFeedHandle(options: FeedOptions): FeedHandle {
  let feed: Feed | undefined;
  let known: OpenFeed | undefined;
  let latest: FeedState | undefined;
  let lookers = 0;
  return {
    subscribe(listener) {
      feed ??= createFeed(options);
      lookers += 1;
      const off = feed.subscribe(listener);
      return () => {
        off();
        lookers -= 1;
        if (lookers > 0) return;
        if (feed !== undefined) lastStates.set(options.history, feed.snapshot());
        feed?.close();
        [feed, known, latest] = [undefined, undefined, undefined];
      };
    },
    snapshot() {
      if (feed === undefined) return undefined;
      const state = feed.snapshot();
      if (latest !== state) [latest, known] = [state, { state: withLastRows(state, options), feed }];
      return known;
    },
  };
}

function withLastRows(state: FeedState, { history, at }: FeedOptions): FeedState {
  const last = lastStates.get(history);
  if (!state.isLoading || state.rows.length > 0 || at !== undefined || last === undefined || last.hasNewer)
    return state;
  return { ...state, rows: last.rows.slice(-mostKept) };
}
