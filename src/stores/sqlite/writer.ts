import type { DatabaseSync } from "node:sqlite";
import { BridgeError } from "../../core/errors.ts";
import { explainWriting, isBusy, isFull, storeBusy, storeFull } from "./errors.ts";
import type { Ledger } from "./ledger.ts";
import { prepare, rollBack } from "./prepare.ts";
import { backoffMs } from "./retry.ts";

/**
 * Group commit: what is written in one turn of the event loop becomes one transaction, with one wait for the disk.
 * Without a timer, so a lone write waits for nobody.
 */
export interface Writer {
  /**
   * Runs `work` in the next transaction, after what was asked for earlier; resolves when that is on the disk. A
   * BridgeError that `work` throws before it has changed anything is its caller's alone.
   *
   * @throws BridgeError `store_busy`, `store_full`.
   */
  write<T>(work: (ledger: Ledger) => T): Promise<T>;
  /** As `write`, for work that gives space back: it may use the reserve. */
  free<T>(work: (ledger: Ledger) => T): Promise<T>;
  /** Resolves when nothing is left to write. */
  drain(): Promise<void>;
}

/** Room for what frees space when there is no other room left (`ballast.ts`). */
export interface Reserve {
  /** Gives the room away; false when there is none to give. */
  release(): boolean;
  /** Until it is restored, only what frees space is written. */
  isReleased(): boolean;
  /** Called when somebody was refused because of that: there may be room again. */
  restore(): Promise<void>;
}

export interface WriterOptions {
  readonly database: DatabaseSync;
  readonly openLedger: () => Ledger;
  /** Told of each transaction when its callers have their answers. */
  readonly onCommit: (ledger: Ledger) => void;
  readonly reserve?: Reserve | undefined;
  /** How long a write waits for other processes, in milliseconds, before its caller is told to try again. */
  readonly patienceMs?: number;
}

interface Job {
  readonly freesSpace: boolean;
  readonly giveUpAt: number;
  run(ledger: Ledger): void;
  /** The transaction is on the disk. */
  settle(): void;
  fail(error: unknown): void;
}

const defaultPatienceMs = 5000;
const noReserve: Reserve = { release: () => false, isReleased: () => false, restore: async () => undefined };

export function createWriter({
  database,
  openLedger,
  onCommit,
  reserve = noReserve,
  patienceMs = defaultPatienceMs,
}: WriterOptions): Writer {
  const begin = prepare(database, "BEGIN IMMEDIATE");
  const commit = prepare(database, "COMMIT");
  let waiting: Job[] = [];
  let isScheduled = false;
  let isBlocked = false;
  let tries = 0;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    isScheduled = false;
    const jobs = waiting;
    waiting = [];
    isBlocked = false;
    if (jobs.length > 0) transact(jobs);
    if (!isBlocked) {
      tries = 0;
      return;
    }
    isScheduled = true;
    setTimeout(flush, backoffMs(tries++));
  }

  function transact(jobs: readonly Job[]): void {
    try {
      begin.run();
    } catch (error) {
      if (isBusy(error)) waitFor(jobs, error);
      else for (const job of jobs) job.fail(explainWriting(error));
      return;
    }
    let ledger: Ledger;
    try {
      ledger = openLedger();
      for (const job of jobs) job.run(ledger);
      ledger.save();
      commit.run();
    } catch (error) {
      rollBack(database);
      failEach(jobs, error);
      return;
    }
    for (const job of jobs) job.settle();
    onCommit(ledger);
  }

  /** Another process is writing: try again soon, with whatever has come in by then. */
  function waitFor(jobs: readonly Job[], error: unknown): void {
    const now = performance.now();
    for (const job of jobs) {
      if (job.giveUpAt > now) waiting.push(job);
      else job.fail(storeBusy(error));
    }
    isBlocked = waiting.length > 0;
  }

  /** One job must not fail the others that happen to share its transaction. */
  function failEach(jobs: readonly Job[], error: unknown): void {
    for (const job of jobs) {
      if (jobs.length > 1 && (job.freesSpace || !isFull(error))) transact([job]);
      else if (job.freesSpace && isFull(error) && reserve.release()) transact([job]);
      else job.fail(explainWriting(error));
    }
  }

  function enqueue<T>(work: (ledger: Ledger) => T, freesSpace: boolean): Promise<T> {
    if (!freesSpace && reserve.isReleased()) {
      void reserve.restore();
      return Promise.reject(storeFull());
    }
    return new Promise<T>((resolve, reject) => {
      waiting.push(createJob({ work, resolve, reject, freesSpace, giveUpAt: performance.now() + patienceMs }));
      schedule();
    });
  }

  const write = <T>(work: (ledger: Ledger) => T) => enqueue(work, false);

  return {
    write,
    free: (work) => enqueue(work, true),
    async drain() {
      const nothing = () => {};
      if (isScheduled) await enqueue(nothing, true).catch(nothing);
    },
  };
}

interface Order<T> {
  readonly work: (ledger: Ledger) => T;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
  readonly freesSpace: boolean;
  readonly giveUpAt: number;
}

function createJob<T>({ work, resolve, reject, freesSpace, giveUpAt }: Order<T>): Job {
  let settle = () => {};
  return {
    freesSpace,
    giveUpAt,
    run(ledger) {
      try {
        const value = work(ledger);
        settle = () => resolve(value);
      } catch (error) {
        if (!(error instanceof BridgeError)) throw error;
        settle = () => reject(error);
      }
    },
    settle: () => settle(),
    fail: reject,
  };
}
