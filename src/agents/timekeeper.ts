import type { Clock } from "../core/clock.ts";
import type { Notice } from "../core/notice.ts";
import type { Receipt } from "../core/receipt.ts";
import type { Store } from "../core/store.ts";
import { doneFor } from "./duties.ts";

/** Calls `act` after `ms`. Returns what calls it off. */
export type Timer = (ms: number, act: () => void) => () => void;

export interface TimekeeperOptions {
  readonly store: Pick<Store, "receipts">;
  readonly clock: Clock;
  readonly notify: (notice: Notice) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly timer?: Timer | undefined;
}

export interface Timekeeper {
  /** Nothing is seen to after this; resolves when what is being seen to is done. */
  close(): Promise<void>;
}

/** Receipts that are seen to before others may write. */
const batchSize = 100;
/** How soon a change of receipts is looked at: many changes are one look, and no duty is meant to the second. */
const lookSoonMs = 1_000;
/** The longest without a look: a timer knows nothing of a machine that slept, or of a clock that was set. */
const longestMs = 30_000;

/**
 * Sees to what is due: now, whenever something new may be due, and at the time of the next duty. All that it knows is in
 * the store, so a restart forgets nothing. Says first and marks then: whoever comes between says it again with the same
 * key, which is once.
 */
export function createTimekeeper({ store, clock, notify, onError, timer = unrefTimer }: TimekeeperOptions): Timekeeper {
  let isClosed = false;
  let running: Promise<void> | undefined;
  let next: { readonly at: number; readonly cancel: () => void } | undefined;

  function lookIn(ms: number): void {
    const at = clock.now() + ms;
    if (isClosed || (next !== undefined && next.at <= at)) return;
    next?.cancel();
    next = { at, cancel: timer(ms, look) };
  }

  function look(): void {
    next?.cancel();
    next = undefined;
    if (isClosed) return;
    if (running !== undefined) {
      lookIn(lookSoonMs);
      return;
    }
    running = seeToAll({ store, clock, notify, onError, isClosed: () => isClosed })
      .catch((error: unknown) => {
        if (!isClosed) onError(error);
        return longestMs;
      })
      .then((ms) => {
        running = undefined;
        if (ms !== undefined) lookIn(ms);
      });
  }

  const unwatch = store.receipts.watch(() => lookIn(lookSoonMs));
  look();

  return {
    async close() {
      isClosed = true;
      unwatch();
      next?.cancel();
      await running;
    },
  };
}

interface Work extends Omit<TimekeeperOptions, "timer"> {
  readonly isClosed: () => boolean;
}

/** How long until the next look; undefined when nothing is due at all. */
async function seeToAll(work: Work): Promise<number | undefined> {
  const { store, clock, onError, isClosed } = work;
  for (;;) {
    const due = await store.receipts.due(clock.now(), batchSize);
    let hasFailed = false;
    for (const receipt of due) {
      if (isClosed()) return undefined;
      await seeTo(receipt, work).catch((error: unknown) => {
        hasFailed = true;
        onError(error);
      });
    }
    // The rest is not worse off: what failed now would fail for it too.
    if (hasFailed) return longestMs;
    if (due.length < batchSize) break;
  }
  const at = await store.receipts.nextDue();
  return at === undefined ? undefined : Math.min(Math.max(at - clock.now(), 0), longestMs);
}

async function seeTo(
  { seq, agent }: Pick<Receipt, "seq" | "agent">,
  { store: { receipts }, clock, notify }: Work,
): Promise<void> {
  // It may have been answered while others of its batch were seen to.
  const receipt = (await receipts.of([seq])).find((one) => one.agent === agent);
  if (receipt?.due === undefined || receipt.due.at > clock.now()) return;
  const done = doneFor(receipt);
  if (done === undefined) return;
  if (done.notice !== undefined) await notify(done.notice);
  await receipts.record([{ seq, agent, ...done.mark }]);
}

const unrefTimer: Timer = (ms, act) => {
  const timeout = setTimeout(act, ms).unref();
  return () => clearTimeout(timeout);
};
