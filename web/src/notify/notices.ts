import { systemTimer, type Timer } from "../../../src/client/timer.ts";
import { createListeners } from "../../../src/core/listeners.ts";

/** A sentence at the edge of the page, for a moment or until somebody has seen to it. */
export interface Notice {
  /** Another one of the same key takes its place. */
  readonly key: string;
  readonly text: string;
  /** What can be done about it; with it, it stays until it is done or waved away. */
  readonly action?: { readonly words: string; readonly run: () => void } | undefined;
}

export interface Notices {
  show(notice: Notice): void;
  dismiss(key: string): void;
  /** The oldest first. The same array while nothing changes. */
  snapshot(): readonly Notice[];
  subscribe(listener: () => void): () => void;
}

/** Long enough to read a sentence twice. */
const shownMs = 6_000;
/** More would cover the page. */
const mostNotices = 3;

function createNotices(timer: Timer): Notices {
  const changed = createListeners();
  let all: readonly Notice[] = [];

  function set(next: readonly Notice[]): void {
    all = next;
    changed.wakeAll();
  }

  const without = (key: string) => all.filter((notice) => notice.key !== key);
  return {
    show(notice) {
      set([...without(notice.key), notice].slice(-mostNotices));
      if (notice.action === undefined) timer(shownMs, () => set(all.filter((one) => one !== notice)));
    },
    dismiss: (key) => set(without(key)),
    snapshot: () => all,
    subscribe: changed.add,
  };
}

/** Those of the page. */
export const notices = createNotices(systemTimer);
