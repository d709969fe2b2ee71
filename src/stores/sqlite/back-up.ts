import { closeSync, fsyncSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type Clock, systemClock } from "../../core/clock.ts";
import { prepare } from "./prepare.ts";

export interface Backup {
  readonly path: string;
  remove(): void;
}

/** Copies the whole database beside itself, to the disk, before it is imported. */
export function backUp(database: DatabaseSync, path: string, clock: Clock = systemClock): Backup {
  const copy = makeFile(`${path}.original-${new Date(clock.now()).toISOString().slice(0, 10)}`);
  const remove = () => rmSync(copy, { force: true });
  try {
    prepare(database, "VACUUM INTO ?").run(copy);
    sync(copy);
    sync(dirname(copy));
  } catch (error) {
    remove();
    throw error;
  }
  return { path: copy, remove };
}

/** An empty file of a name that is free, for its owner only: SQLite takes it as it is. */
function makeFile(name: string): string {
  for (let copies = 1; ; copies++) {
    const path = copies === 1 ? name : `${name}-${copies}`;
    try {
      closeSync(openSync(path, "wx", 0o600));
      return path;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
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
