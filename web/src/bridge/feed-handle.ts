import { createFeed, type Feed, type FeedOptions, type FeedState } from "../../../src/view/live/feed.ts";

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

export function createFeedHandle(options: FeedOptions): FeedHandle {
  let feed: Feed | undefined;
  let known: OpenFeed | undefined;
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
        feed?.close();
        [feed, known] = [undefined, undefined];
      };
    },
    snapshot() {
      if (feed === undefined) return undefined;
      const state = feed.snapshot();
      if (known?.state !== state) known = { state, feed };
      return known;
    },
  };
}
