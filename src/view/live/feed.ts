import type { StreamEntry } from "../../client/index.ts";
import { createListeners } from "../../core/listeners.ts";
import type { History, HistoryPage, Place } from "./history.ts";
import { createLoader } from "./loader.ts";
import type { Live } from "./live.ts";
import { type Row, seqOfRow } from "./rows.ts";
import { createWindow, type WindowState } from "./window.ts";

/** A list of messages as it stands. A new one with each change; rows that did not change are the same as before. */
export interface FeedState {
  /** In the order of the log. */
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  /** Why the last page could not be read. */
  readonly error: Error | undefined;
  /** There are older messages than the first row, and newer than the last one that are to be loaded. */
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  readonly isPaused: boolean;
  /** Messages that came and are not in the rows, as the list is paused or stands further back. */
  readonly unseen: number;
}

/** A list that follows what comes, unless it is paused or stands further back. */
export interface Feed {
  snapshot(): FeedState;
  subscribe(listener: () => void): () => void;
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  /** The page that could not be read, once more. */
  retry(): Promise<void>;
  /** Receipts go on to fill in; nothing else changes. */
  pause(): void;
  /** Goes on, with all that came meanwhile. */
  resume(): Promise<void>;
  /** To the newest, from wherever it stands. */
  toEnd(): Promise<void>;
  close(): void;
}

export interface FeedOptions {
  readonly live: Live;
  readonly history: History;
  /** The id of a message to begin at, instead of the end. */
  readonly at?: string | undefined;
}

export function createFeed({ live, history, at }: FeedOptions): Feed {
  const changed = createListeners();
  const stop = new AbortController();
  const window = createWindow(live.receiptsOf);
  const loader = createLoader(live.learn, stop.signal, () => commit());
  let [isPaused, isOpen] = [false, false];
  let state = stateOf(window.state(), loader.state(), isPaused);

  function commit(): void {
    if (isOpen && !isPaused && !loader.state().isLoading && window.state().newer === undefined) {
      if (window.takeIn()) void open(undefined);
    }
    state = stateOf(window.state(), loader.state(), isPaused);
    changed.wakeAll();
  }

  const open = (id: string | undefined) =>
    loader.load(
      () => (id === undefined ? history.before(undefined, stop.signal) : history.upTo(id, stop.signal)),
      (page) => {
        window.replace(page, id);
        isOpen = true;
      },
    );

  const goOn = async (place: Place | undefined, read: History["after"], put: (page: HistoryPage) => void) => {
    if (place !== undefined) await loader.load(() => read(place, stop.signal), put);
  };

  function take(entries: readonly StreamEntry[]): void {
    const receipts = entries.filter((entry) => entry.kind === "receipt");
    const own = entries.filter((entry) => belongs(entry, history, live));
    if (receipts.length > 0) window.renew(new Set(receipts.map(({ messageId }) => messageId)));
    if (own.length > 0) window.wait(own);
    if (receipts.length > 0 || own.length > 0) commit();
  }

  async function resume(): Promise<void> {
    isPaused = false;
    if (window.state().hasOverflowed) await open(undefined);
    commit();
  }

  const unfollow = live.follow(take);
  void open(at);
  return {
    snapshot: () => state,
    subscribe: changed.add,
    loadOlder: () => goOn(window.state().older, history.before, window.prepend),
    loadNewer: () => goOn(window.state().newer, history.after, window.append),
    retry: loader.retry,
    pause() {
      isPaused = true;
      commit();
    },
    resume,
    async toEnd() {
      if (window.state().newer !== undefined) await open(undefined);
      await resume();
    },
    close() {
      stop.abort();
      unfollow();
    },
  };
}

const stateOf = (
  { rows, older, newer, waiting }: WindowState,
  loading: Pick<FeedState, "isLoading" | "error">,
  isPaused: boolean,
): FeedState => {
  const last = rows.at(-1);
  const reached = last === undefined ? -1 : seqOfRow(last);
  return {
    ...loading,
    rows,
    hasOlder: older !== undefined,
    hasNewer: newer !== undefined,
    isPaused,
    unseen: waiting.filter((entry) => entry.kind === "message" && entry.seq > reached).length,
  };
};

function belongs(entry: StreamEntry, history: History, live: Live): boolean {
  if (entry.kind === "message") return history.includes(entry, live.receiptsOf(entry.id));
  const isNotice = entry.kind === "cleared" || entry.kind === "restored" || entry.kind === "gap";
  return isNotice && history.covers(entry.channel);
}
