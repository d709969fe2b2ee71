import type { DatabaseSync } from "node:sqlite";
import { BridgeError } from "../../core/errors.ts";
import { explainWriting, isBusy, isFull, storeBusy } from "./errors.ts";
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
  /** Resolves when nothing is left to write. */
  drain(): Promise<void>;
}

export interface WriterOptions {
  readonly database: DatabaseSync;
  readonly openLedger: () => Ledger;
  /** Told of each transaction when its callers have their answers. */
  readonly onCommit: (ledger: Ledger) => void;
  /** How long a write waits for other processes, in milliseconds, before its caller is told to try again. */
  readonly patienceMs?: number;
}

interface Job {
  readonly giveUpAt: number;
  run(ledger: Ledger): void;
  /** The transaction is on the disk. */
  settle(): void;
  fail(error: unknown): void;
}

const defaultPatienceMs = 5000;

export function createWriter({
  database,
  openLedger,
  onCommit,
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
    if (jobs.length > 1 && !isFull(error)) for (const job of jobs) transact([job]);
    else for (const job of jobs) job.fail(explainWriting(error));
  }

  function write<T>(work: (ledger: Ledger) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push(createJob({ work, resolve, reject, giveUpAt: performance.now() + patienceMs }));
      schedule();
    });
  }

  return {
    write,
    async drain() {
      const nothing = () => {};
      if (isScheduled) await write(nothing).catch(nothing);
    },
  };
}

interface Order<T> {
  readonly work: (ledger: Ledger) => T;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
  readonly giveUpAt: number;
}

function createJob<T>({ work, resolve, reject, giveUpAt }: Order<T>): Job {
  let settle = () => {};
  return {
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
