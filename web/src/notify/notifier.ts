import type { Timer } from "../../../src/client/index.ts";
import type { NotableEvent } from "./event.ts";

/** Tells of events one by one, and of many at once in one. */
export interface Notifier {
  take(events: readonly NotableEvent[]): void;
  close(): void;
}

export interface NotifierOptions {
  readonly timer: Timer;
  /** Whether the reader wants to be told of this kind. */
  readonly isWanted: (kind: NotableEvent["kind"]) => boolean;
  /** Whether it is on the screen, and looked at. */
  readonly isSeen: (event: NotableEvent) => boolean;
  readonly show: (told: Told) => void;
}

/** What a person reads: of one event, or of several. */
export interface Told {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly path: string;
}

/** After one was told, so long no other is: what comes meanwhile is told together. */
export const bundleMs = 10_000;

export function createNotifier({ timer, isWanted, isSeen, show }: NotifierOptions): Notifier {
  let waiting: readonly NotableEvent[] = [];
  let cancel: (() => void) | undefined;

  function tell(): void {
    cancel = undefined;
    const unseen = waiting.filter((event) => !isSeen(event));
    waiting = [];
    if (unseen.length === 0) return;
    show(toldOf(unseen));
    cancel = timer(bundleMs, tell);
  }

  return {
    take(events) {
      waiting = [...waiting, ...events.filter(({ kind }) => isWanted(kind))];
      if (cancel === undefined && waiting.length > 0) tell();
    },
    close: () => cancel?.(),
  };
}

function toldOf(events: readonly NotableEvent[]): Told {
  const [first, ...others] = events;
  if (first !== undefined && others.length === 0) return first;
  return {
    key: "several",
    title: `${events.length} things for you`,
    text: events.map(({ title }) => title).join(", "),
    path: "/",
  };
}
