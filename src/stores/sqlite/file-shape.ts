import type { DatabaseSync } from "node:sqlite";
import { prepare } from "./prepare.ts";
import { giveBackSpace, givesBackSpace } from "./vacuum.ts";

/**
 * Half of what SQLite takes by itself. A commit writes whole pages, most of them for a small change: the indexes of the
 * channels that it touches, counters, the end of the log. With half the page, a send waits for little more than half as
 * much to reach the disk. With a quarter there are too many of them, for the log and for long messages.
 */
const pageBytes = 2048;

/**
 * How a file is made that has nothing in it yet, or the next `VACUUM INTO`. A file that is there stays as it is, with
 * pages of the size that it was made with.
 */
export function shapeNewFile(database: DatabaseSync): void {
  if (!givesBackSpace(database)) database.exec(`PRAGMA page_size = ${pageBytes}; ${giveBackSpace}`);
}

/** Of the file as it is. */
export const pageBytesOf = (database: DatabaseSync): number =>
  prepare<{ page_size: number }>(database, "PRAGMA page_size").get()?.page_size ?? pageBytes;
