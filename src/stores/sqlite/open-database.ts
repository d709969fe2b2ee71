import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { explainOpening, inUse, isBusy } from "./errors.ts";
import { pageBytesOf, shapeNewFile } from "./file-shape.ts";
import { backUp } from "./back-up.ts";
import { importOriginal } from "./import-original.ts";
import { type Kind, kindOf } from "./kind.ts";
import { prepareFile } from "./open-file.ts";
import { prepare, rollBack } from "./prepare.ts";
import { busyTimeoutMs, whenFree } from "./retry.ts";
import { migrate, schemaVersion } from "./schema.ts";
import { mayShareFile } from "./sharing.ts";

export interface OpenOptions {
  /** A file, or ":memory:". */
  readonly path: string;
  /** Lets no other process open the file. By default only where sharing is not safe (`sharing.ts`). */
  readonly exclusive?: boolean | undefined;
  /** Told of what a person should know, in one sentence. */
  readonly warn?: ((message: string) => void) | undefined;
}

export interface Opened {
  readonly database: DatabaseSync;
  /** Absolute. */
  readonly path: string;
  readonly isInMemory: boolean;
  /** The file, unless nobody else can write to it. */
  readonly sharedPath: string | undefined;
}

/** How long to wait for a process that has the file for itself, in milliseconds: it may just be closing. */
const exclusivePatienceMs = 1000;
/** How long to wait for one that is writing; it may be importing. */
const writePatienceMs = 5000;

/** Opens the database with the newest schema, and makes, migrates or imports it if it has to. */
export async function openDatabase({ path: given, exclusive, warn = () => {} }: OpenOptions): Promise<Opened> {
  const isInMemory = given === ":memory:";
  const path = isInMemory ? given : resolve(given);
  if (!isInMemory) prepareFile(path, warn);
  const database = new DatabaseSync(path);
  try {
    const isExclusive = !isInMemory && (exclusive ?? !mayShareFile(sqliteVersion()));
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    await settle(database, path, isExclusive);
    for (;;) if (await arrive(database, path, warn)) break;
    return { database, path, isInMemory, sharedPath: isInMemory || isExclusive ? undefined : path };
  } catch (error) {
    database.close();
    throw explainOpening(path, error);
  }
}

/** Asked of another database: asking ours would look into the file before it is known how. */
function sqliteVersion(): string {
  const database = new DatabaseSync(":memory:");
  const row = prepare<{ version: string }>(database, "SELECT sqlite_version() AS version").get();
  database.close();
  return row?.version ?? "";
}

/** Takes the file: for itself if that is wanted, and in any case from nobody who has it for itself. */
async function settle(database: DatabaseSync, path: string, isExclusive: boolean): Promise<void> {
  try {
    // Before the first look into the file, or SQLite would already share its index of the log.
    if (isExclusive) database.exec("PRAGMA locking_mode = EXCLUSIVE");
    await whenFree(() => {
      // Throws for what is not ours, before anything in it is changed.
      kindOf(database, "main", path);
      useLog(database, path);
    }, exclusivePatienceMs);
  } catch (error) {
    if (isBusy(error)) throw inUse(path, error);
    throw error;
  }
}

/** Then the log's pages go into the database, which a send has to wait for. */
export const maxLogBytes = 8 * 1024 * 1024;

/**
 * FULL: an acknowledged message is on the disk. A log that had to grow gives its space back, as the file does
 * (`vacuum.ts`).
 */
function useLog(database: DatabaseSync, path: string): void {
  shapeNewFile(database);
  const mode = prepare<{ journal_mode: string }>(database, "PRAGMA journal_mode = WAL").get()?.journal_mode;
  if (mode !== "wal" && mode !== "memory") {
    throw new Error(`${path} is on a file system that SQLite cannot keep a log on; choose a path on a local disk`);
  }
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = ${Math.floor(maxLogBytes / pageBytesOf(database))};
    PRAGMA journal_size_limit = ${maxLogBytes};
  `);
}

/** One step towards the newest schema; false when another process was faster, and the file is to be looked at anew. */
async function arrive(database: DatabaseSync, path: string, warn: (message: string) => void): Promise<boolean> {
  const dataVersion = prepare<{ data_version: number }>(database, "PRAGMA data_version");
  const version = dataVersion.get()?.data_version;
  const found = kindOf(database, "main", path);
  if (found.kind === "ours" && found.version === schemaVersion) return true;
  const backup = found.kind === "original" ? backUp(database, path) : undefined;
  const isUnchanged = () => dataVersion.get()?.data_version === version;
  let imported: number | undefined;
  try {
    await whenFree(() => database.exec("BEGIN IMMEDIATE"), writePatienceMs);
    imported = transact(database, () => (isUnchanged() ? change(database, found) : undefined));
  } finally {
    if (imported === undefined) backup?.remove();
  }
  if (backup !== undefined && imported !== undefined) {
    warn(
      `${path}: imported ${imported} ${imported === 1 ? "message" : "messages"} of an older claude-bridge; it is kept in ${backup.path}`,
    );
  }
  return imported !== undefined;
}

/** Ends the transaction that has begun: with all that `work` does, or with none of it. */
function transact<T>(database: DatabaseSync, work: () => T): T {
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** Returns how many messages it imported. */
function change(database: DatabaseSync, found: Kind): number {
  if (found.kind === "original") return importOriginal(database);
  migrate(database, found.kind === "ours" ? found.version : 0);
  return 0;
}
