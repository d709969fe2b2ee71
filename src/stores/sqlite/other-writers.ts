import { type FSWatcher, watch } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { ChannelName, Seq } from "../../core/message.ts";
import { prepare } from "./prepare.ts";

/** Notices what other connections commit to the same file. */
export interface OtherWriters {
  /** We have committed: what came after `before` and up to `last` is not news to anybody here. */
  weCommitted(before: Seq, last: Seq): void;
  close(): void;
}

export interface OtherWritersOptions {
  readonly database: DatabaseSync;
  readonly path: string;
  /** Called with the channels that were given entries. */
  readonly wake: (channels: readonly ChannelName[]) => void;
  /** Called after each commit of theirs, whatever it was. */
  readonly onCommit: () => void;
}

/**
 * When to look after the log file has changed, in milliseconds from the look before. The change is seen when the
 * other process writes, and what it wrote when it has also reached the disk, which tells nobody.
 */
const looksAfterChange = [0, 1, 1, 1, 1, 2, 2, 4, 4, 8, 16, 32, 64, 128, 256];

/** A look that is planned so soon need not be planned anew when the file changes again. */
const shortPauseMs = 1;

/** How often to look for a commit that the file system did not tell of, in milliseconds; a look costs 3 µs. */
const safetyLookMs = 1000;
/** The same where the file system tells nothing at all. */
const blindLookMs = 20;

export function watchOtherWriters({ database, path, wake, onCommit }: OtherWritersOptions): OtherWriters {
  const dataVersion = prepare<{ data_version: number }>(database, "PRAGMA data_version");
  const readLastSeq = prepare<{ last_seq: Seq }>(database, "SELECT last_seq FROM bridge");
  const changedSince = prepare<{ name: ChannelName }>(database, "SELECT name FROM channels WHERE last_seq > ?");

  const version = () => dataVersion.get()?.data_version;
  const lastSeq = () => readLastSeq.get()?.last_seq ?? (0 as Seq);
  let seenVersion = version();
  let seenSeq = lastSeq();
  let looksDone = 0;
  let nextLook: NodeJS.Timeout | undefined;
  let nextPauseMs = 0;

  /** SQLite changes `data_version` when another connection has committed: a cheap look before a real query. */
  function look(): void {
    const now = version();
    if (now === seenVersion) return;
    seenVersion = now;
    const before = seenSeq;
    seenSeq = lastSeq();
    if (seenSeq > before) wake(changedSince.all(before).map(({ name }) => name));
    onCommit();
  }

  function tryToLook(): void {
    try {
      look();
    } catch {
      // The database is busy or damaged: whoever uses it next is told, and the next look comes by itself.
    }
  }

  function planLook(): void {
    const pauseMs = looksAfterChange[looksDone];
    if (nextLook !== undefined || pauseMs === undefined) return;
    nextPauseMs = pauseMs;
    nextLook = setTimeout(() => {
      nextLook = undefined;
      looksDone += 1;
      tryToLook();
      planLook();
    }, pauseMs).unref();
  }

  const logFile = watchFile(`${path}-wal`, () => {
    looksDone = 0;
    if (nextLook !== undefined && nextPauseMs <= shortPauseMs) return;
    // The long pause after the last commit must not delay the news of this one.
    clearTimeout(nextLook);
    nextLook = undefined;
    tryToLook();
    planLook();
  });
  const safetyLook = setInterval(tryToLook, logFile === undefined ? blindLookMs : safetyLookMs).unref();

  return {
    weCommitted(before, last) {
      // If others have committed before us, the next look finds theirs, and ours with it.
      if (before === seenSeq) seenSeq = last;
      else tryToLook();
    },
    close() {
      logFile?.close();
      clearInterval(safetyLook);
      clearTimeout(nextLook);
    },
  };
}

/** Undefined where files cannot be watched, or no more of them. */
function watchFile(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, { persistent: false }, onChange);
    // The safety look goes on.
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
