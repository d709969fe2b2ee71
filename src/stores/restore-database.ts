import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BridgeError } from "../core/errors.ts";
import type { Seq } from "../core/message.ts";
import type { Epoch } from "../core/message-id.ts";
import { copyInto, firstFree, makeFile, syncFile, today } from "./sqlite/back-up.ts";
import { isBusy, isDamaged } from "./sqlite/errors.ts";
import { openFilled, type OpenedToRead } from "./sqlite/open-to-read.ts";
import { prepare } from "./sqlite/prepare.ts";
import { busyTimeoutMs, whenFree } from "./sqlite/retry.ts";

export interface RestoreOptions {
  /** A copy of a database, ours or the original's. It is only read. */
  readonly from: string;
  readonly path: string;
  /** Also if there is a database at `path`; it is kept under another name. */
  readonly replaces: boolean;
}

export interface Restored {
  /** Where the database that was there is now. */
  readonly kept: string | undefined;
}

/** The log as far as it was given out. */
interface Extent {
  readonly epoch: Epoch;
  readonly last_seq: Seq;
}

/** Positions that were given after the copy was made, and that nobody can tell us: a day of writing at full speed. */
const unknownSeqs = 1_000_000_000;

/** How long a relay may take to close the file, in milliseconds. */
const patienceMs = 1000;

/** What SQLite keeps beside a database; where it does, it belongs to it. */
const companions = ["-wal", "-shm", "-journal"];

/**
 * Puts a copy of `from` in the place of the database. Nothing is changed until the copy is whole and on the disk.
 *
 * @throws BridgeError `store_busy`, when another process has the database open.
 * @throws Error that says what is wrong with one of the files.
 */
export async function restoreDatabase({ from, path: given, replaces }: RestoreOptions): Promise<Restored> {
  const [source, path] = [resolve(from), resolve(given)];
  if (source === path) throw new Error(`${source} cannot be put in its own place`);
  const isThere = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (isThere && !replaces) {
    throw new Error(`${path} is there already; --force keeps it under another name and takes its place`);
  }
  const opened = openFilled(source);
  const copy = firstFree(`${path}.restoring`, makeFile);
  try {
    // First of all, because the copy may take long, and again, because nobody may come in between.
    if (isThere) await closeForAll(path);
    copyWhole(opened, source, copy);
    const before = isThere ? await closeForAll(path) : undefined;
    if (opened.kind.kind === "ours") skipGivenSeqs(copy, before);
    const kept = isThere ? moveAway(path) : undefined;
    renameSync(copy, path);
    syncFile(path);
    return { kept };
  } finally {
    opened.database.close();
    for (const suffix of ["", ...companions]) rmSync(`${copy}${suffix}`, { force: true });
  }
}

/** Makes sure that nobody has the database open, and puts its log into it. Undefined when it cannot be read. */
async function closeForAll(path: string): Promise<Extent | undefined> {
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA locking_mode = EXCLUSIVE`);
    // SQLite lets nobody change this who does not have the file alone.
    await whenFree(() => database.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; COMMIT"), patienceMs);
    return extentOf(database);
  } catch (error) {
    if (isBusy(error)) throw stillOpen(path, error);
    // Damaged, or not ours: that is why it is to be replaced.
    return undefined;
  } finally {
    database.close();
  }
}

const stillOpen = (path: string, cause: unknown) =>
  new BridgeError("store_busy", `${path} is in use; stop every relay and agent that has it open, then try again`, {
    cause,
  });

const extentOf = (database: DatabaseSync) => prepare<Extent>(database, "SELECT epoch, last_seq FROM bridge").get();

function copyWhole({ database }: OpenedToRead, source: string, copy: string): void {
  const damaged = (cause?: unknown) => new Error(`${source} is damaged; take another copy`, { cause });
  try {
    const [problem] = prepare<{ quick_check: string }>(database, "PRAGMA quick_check(1)").all();
    if (problem?.quick_check !== "ok") throw damaged();
    copyInto(database, copy);
  } catch (error) {
    // SQLite says so of what its check cannot even read, and of what it finds when it copies.
    throw isDamaged(error) ? damaged(error) : error;
  }
}

/**
 * Readers and senders know positions that were given after the copy was made. If they were given again, a reader would
 * take new messages for such that it has seen.
 */
function skipGivenSeqs(copy: string, before: Extent | undefined): void {
  const database = new DatabaseSync(copy);
  try {
    const now = extentOf(database);
    if (now === undefined) return;
    const isSame = before?.epoch === now.epoch;
    const next = isSame ? Math.max(before.last_seq, now.last_seq) : now.last_seq + unknownSeqs;
    prepare(database, "UPDATE bridge SET last_seq = ?").run(next);
  } finally {
    database.close();
  }
  syncFile(copy);
}

function moveAway(path: string): string {
  const kept = firstFree(`${path}.replaced-${today()}`, (name) => !existsSync(name));
  renameSync(path, kept);
  // Only a damaged one still has them; beside the new one they would be taken for its own.
  for (const suffix of companions) if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix);
  return kept;
}
