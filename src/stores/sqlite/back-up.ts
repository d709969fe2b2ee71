import { closeSync, fsyncSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type Clock, systemClock } from "../../core/clock.ts";
import { shapeNewFile } from "./file-shape.ts";
import { prepare } from "./prepare.ts";

export interface Backup {
  readonly path: string;
  remove(): void;
}

/** Copies the whole database beside itself, to the disk, before it is imported. */
export function backUp(database: DatabaseSync, path: string): Backup {
  const copy = firstFree(`${path}.original-${today()}`, makeFile);
  copyInto(database, copy);
  return { path: copy, remove: () => rmSync(copy, { force: true }) };
}

/**
 * Writes the database, as it is at this moment, into an empty file, and to the disk. Others may go on writing to the
 * database. The copy can give space back, whether or not the database can (`vacuum.ts`).
 */
export function copyInto(database: DatabaseSync, to: string): void {
  try {
    shapeNewFile(database);
    prepare(database, "VACUUM INTO ?").run(to);
    syncFile(to);
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}

/** An empty file, for its owner only: SQLite takes it as it is. False when there is a file of that name. */
export function makeFile(path: string): boolean {
  try {
    closeSync(openSync(path, "wx", 0o600));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** The name, or with a number behind it the first that `take` can have. */
export function firstFree(name: string, take: (path: string) => boolean): string {
  for (let copies = 1; ; copies++) {
    const path = copies === 1 ? name : `${name}-${copies}`;
    if (take(path)) return path;
  }
}

export const today = (clock: Clock = systemClock): string => new Date(clock.now()).toISOString().slice(0, 10);

/** The file and its name are on the disk afterwards. */
export function syncFile(path: string): void {
  sync(path);
  sync(dirname(path));
}

function sync(path: string): void {
  // Windows can neither open a folder nor sync a file that is open for reading; it keeps folders by itself.
  if (process.platform === "win32") return;
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
