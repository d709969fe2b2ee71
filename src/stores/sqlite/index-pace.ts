import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import { defaultBatch, prepareIndexing } from "./search-index.ts";
import { createTraffic, momentMs } from "./traffic.ts";
import { createUpkeep, type UpkeepOptions } from "./upkeep.ts";

export interface IndexPace {
  /** Looks what is to be done, and does it in the background. */
  start(): void;
  /** Told of messages that were appended. */
  count(messages: number): void;
  close(): Promise<void>;
}

export interface IndexPaceOptions {
  readonly clock: Clock;
  /** How many messages wait to be indexed at once. */
  readonly batch?: number | undefined;
  /** Runs the work in a transaction. */
  readonly write: UpkeepOptions["write"];
}

/**
 * Keeps the index of searches up with the log, out of the way of senders. Apart from other upkeep: it takes space
 * instead of giving some back, and nobody who waits for the rest waits for it.
 */
export function createIndexPace(
  database: DatabaseSync,
  { clock, batch = defaultBatch, write }: IndexPaceOptions,
): IndexPace {
  const traffic = createTraffic(clock);
  const { isBusy } = traffic;
  const upkeep = createUpkeep({ chores: [prepareIndexing(database, { isBusy, batch })], write, isBusy });
  let uncounted = 0;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  function look(): void {
    again = undefined;
    if (isBusy()) lookAgain();
    start();
  }

  /** The last message of a flood is not followed by one that would tell that it is over. */
  function lookAgain(): void {
    if (!closed) again ??= setTimeout(look, momentMs).unref();
  }

  function start(): void {
    uncounted = 0;
    upkeep.start();
  }

  return {
    start,
    count(messages) {
      traffic.count(messages);
      uncounted += messages;
      if (isBusy()) lookAgain();
      else if (uncounted >= batch) start();
    },
    close() {
      closed = true;
      clearTimeout(again);
      return upkeep.close();
    },
  };
}
