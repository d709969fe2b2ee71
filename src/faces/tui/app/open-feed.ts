import { createFeed, type Feed } from "../../../view/live/feed.ts";
import type { History } from "../../../view/live/history.ts";
import type { Live } from "../../../view/live/live.ts";
import type { Place } from "./ui.ts";

/** The one list of messages that is read. */
export interface OpenFeed {
  readonly current: () => Feed;
  /** Reads this place instead, from its end or the message of the id; the reason when that cannot be, and then everything stays. */
  open(place: Place, at?: string): string | undefined;
  close(): void;
}

interface Opening {
  readonly live: Live;
  readonly historyOf: (place: Place) => History;
  readonly first: Place;
  readonly changed: () => void;
}

export function createOpenFeed({ live, historyOf, first, changed }: Opening): OpenFeed {
  let feed = createFeed({ live, history: historyOf(first) });
  let unfollow = feed.subscribe(changed);

  function close(): void {
    unfollow();
    feed.close();
  }

  return {
    current: () => feed,
    open(place, at) {
      try {
        const history = historyOf(place);
        close();
        feed = createFeed({ live, history, at });
        unfollow = feed.subscribe(changed);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    close,
  };
}
