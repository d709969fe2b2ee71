import type { DatabaseSync } from "node:sqlite";
import { prepare } from "./prepare.ts";
import type { Chore } from "./upkeep.ts";

/**
 * What the file keeps of its free pages: this part of it, and at least so many. The next messages take them, which
 * costs nothing; to give them back, pages from the end of the file must be moved into their places.
 */
const keptPart = 1 / 8;
const keptPages = 256;

/** Pages moved between two looks at the clock: about 15 µs each. */
const batchPages = 32;

export const givesBackSpace = (database: DatabaseSync): boolean =>
  prepare<{ auto_vacuum: number }>(database, "PRAGMA auto_vacuum").get()?.auto_vacuum === 2;

/** For a file that has nothing in it yet, or the next `VACUUM INTO`. Where it is set already, it would write it again. */
export const giveBackSpace = "PRAGMA auto_vacuum = INCREMENTAL";

/** Cuts free pages off the file. A file that was not made for that, by an older version, keeps them for new messages. */
export function prepareVacuum(database: DatabaseSync): Chore {
  const isIncremental = givesBackSpace(database);
  const pages = prepare<{ pages: number }>(database, "SELECT page_count AS pages FROM pragma_page_count");
  const free = prepare<{ pages: number }>(database, "SELECT freelist_count AS pages FROM pragma_freelist_count");

  const isDue = () =>
    isIncremental && (free.get()?.pages ?? 0) > Math.max(keptPages, keptPart * (pages.get()?.pages ?? 0)) + batchPages;

  return {
    isDue,
    work(until) {
      // Not a prepared statement: one step of it moves one page.
      while (isDue() && performance.now() < until) database.exec(`PRAGMA incremental_vacuum(${batchPages})`);
    },
  };
}
