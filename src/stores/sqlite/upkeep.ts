import { setTimeout as pause } from "node:timers/promises";
import type { Ballast } from "./ballast.ts";
import type { LogFile } from "./log-file.ts";

/** Work on the file that nobody waits for. */
export interface Chore {
  /** A cheap look. */
  isDue(): boolean;
  /** Does a part of it, until `performance.now()` says `until` or nothing is left. Call it in a transaction. */
  work(until: number): void;
}

export interface Upkeep {
  /** Looks what is due and does it in the background, in small steps. */
  start(): void;
  /**
   * Resolves when nothing is due.
   *
   * @throws BridgeError `store_busy`, `store_full` when it cannot be done now.
   */
  settled(): Promise<void>;
  /** Ends after the step that is being done: the rest is found by whoever opens the file next. */
  close(): Promise<void>;
}

/** How long one step may hold up a send that comes at the wrong moment, in milliseconds, without its commit. */
const stepMs = 5;
/** Then senders have the disk for so many times as long as the step took: half of the time, and most while they are busy. */
const pauseFactor = 1;
const busyPauseFactor = 9;

/** After the start: whoever only looks in needs no ballast. */
const firstBallastMs = 1000;
/** How often to look for work that was left, by us or others, and whether the log is idle. */
const lookMs = 60_000;

export interface UpkeepOptions {
  /** Earlier ones first. */
  readonly chores: readonly Chore[];
  /** Runs the work in a transaction. */
  readonly write: (work: () => void) => Promise<void>;
  /** Whether senders are busy. */
  readonly isBusy?: () => boolean;
  readonly logFile?: LogFile | undefined;
  readonly ballast?: Ballast | undefined;
}

export function createUpkeep({ chores, write, isBusy = () => false, logFile, ballast }: UpkeepOptions): Upkeep {
  const closing = new AbortController();
  let running: Promise<void> | undefined;

  async function doChores(): Promise<void> {
    for (;;) {
      const chore = closing.signal.aborted ? undefined : chores.find(({ isDue }) => isDue());
      if (chore === undefined) return;
      // Until the transaction begins, others may have the file.
      let begun = performance.now();
      await write(() => {
        begun = performance.now();
        chore.work(begun + stepMs);
      });
      await rest((performance.now() - begun) * (isBusy() ? busyPauseFactor : pauseFactor));
    }
  }

  async function rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: closing.signal }).catch(() => undefined);
  }

  async function workOff(): Promise<void> {
    try {
      do {
        await doChores();
        if (ballast?.isReleased() !== true) continue;
        // What was freed is the file system's only when the log no longer has it.
        logFile?.truncate();
        await ballast.restore();
      } while (!closing.signal.aborted && chores.some(({ isDue }) => isDue()));
    } finally {
      // Right after the last look: whatever becomes due from now on starts anew.
      running = undefined;
    }
  }

  function settled(): Promise<void> {
    running ??= workOff();
    return running;
  }

  /** A step that fails is tried again by the next start; senders, who meet the same obstacle, are told of it. */
  const start = () => void settled().catch(() => undefined);

  const soon = setTimeout(() => void ballast?.restore(), firstBallastMs).unref();
  const regularly = setInterval(() => {
    start();
    logFile?.truncateWhenIdle();
    void ballast?.restore();
  }, lookMs).unref();

  return {
    start,
    settled,
    async close() {
      closing.abort();
      clearTimeout(soon);
      clearInterval(regularly);
      await running?.catch(() => undefined);
      await ballast?.close();
    },
  };
}
