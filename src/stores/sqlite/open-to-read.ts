import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { explainOpening, inUse, isBusy } from "./errors.ts";
import { type Kind, kindOf } from "./kind.ts";
import { busyTimeoutMs } from "./retry.ts";

export interface OpenedToRead {
  readonly database: DatabaseSync;
  readonly kind: Kind;
}

/**
 * Opens a database, ours or the original's, as it is: nothing is made, migrated or imported.
 *
 * @throws Error, or BridgeError `store_busy`, that says what is wrong with the file.
 */
export function openToRead(path: string): OpenedToRead {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new Error(`there is no file ${path}`);
  if (!stats.isFile()) throw new Error(`${path} is no file; give the file of a database`);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    return { database, kind: kindOf(database, "main", path) };
  } catch (error) {
    database?.close();
    throw isBusy(error) ? inUse(path, error) : explainOpening(path, error);
  }
}

/** As above, for a database that must have something in it. */
export function openFilled(path: string): OpenedToRead {
  const opened = openToRead(path);
  if (opened.kind.kind !== "empty") return opened;
  opened.database.close();
  throw new Error(`${path} is empty`);
}
