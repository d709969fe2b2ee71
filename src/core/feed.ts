import { createBell } from "./bell.ts";
import type { Entry, Seq } from "./message.ts";
import type { Scope } from "./scope.ts";
import type { Log } from "./store.ts";

export interface FeedPosition {
  readonly after: Seq;
  /** Entries on one page. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/**
 * The next entries after `after`, waiting for them if there are none yet. Resolves with an empty page when
 * `signal` aborts.
 *
 * This one function is the bridge's whole delivery path. Replay and live are the same read; a slow reader
 * costs a position, not a buffer. We watch before we read, so a commit between the two is never missed.
 */
export async function next(
  log: Pick<Log, "read" | "watch">,
  scope: Scope,
  position: FeedPosition,
): Promise<readonly Entry[]> {
  const { after, limit, signal } = position;
  const bell = createBell();
  const unwatch = log.watch(scope, bell.ring);
  signal.addEventListener("abort", bell.ring);
  try {
    while (!signal.aborted) {
      const page = await log.read(scope, after, limit);
      if (page.length > 0) return page;
      await bell.wait();
    }
    return [];
  } finally {
    unwatch();
    signal.removeEventListener("abort", bell.ring);
  }
}

/** Every entry after `position.after`, page by page, until `signal` aborts. */
export async function* follow(
  log: Pick<Log, "read" | "watch">,
  scope: Scope,
  position: FeedPosition,
): AsyncGenerator<readonly Entry[], void, void> {
  let { after } = position;
  for (;;) {
    const page = await next(log, scope, { ...position, after });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.seq;
  }
}
