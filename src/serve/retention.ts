import { setImmediate as letOthersRun } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";
import type { Log as MessageLog } from "../core/store.ts";

export interface RetentionOptions {
  readonly store: Pick<MessageLog, "prune">;
  readonly clock: Clock;
  /** 0 keeps everything. */
  readonly retentionDays: number;
  readonly sweepSeconds: number;
  readonly log: { warn(details: object, message: string): void };
}

export interface Retention {
  /** No sweep begins after this; resolves when the one that runs has stopped. */
  close(): Promise<void>;
}

/** Entries deleted in one transaction, some 5 ms: sends that come at the wrong moment wait for it. */
const batchSize = 200;
const msPerDay = 86_400_000;

/** Deletes what is older than the retention, now and every `sweepSeconds`. */
export function keepOnlyRecent({ store, clock, retentionDays, sweepSeconds, log }: RetentionOptions): Retention {
  let closed = retentionDays <= 0;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function sweep(): Promise<void> {
    const before = clock.now() - retentionDays * msPerDay;
    try {
      while (!closed && (await store.prune(before, batchSize)) === batchSize) await letOthersRun();
    } catch (error) {
      // The next sweep does what this one could not; the reason must not be lost.
      if (!closed) log.warn({ err: error }, "what is too old could not be deleted");
    }
    if (!closed) timer = setTimeout(start, sweepSeconds * 1000).unref();
  }

  function start(): void {
    running = sweep();
  }

  if (!closed) start();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
