import { accessSync, closeSync, constants, openSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { notADatabase } from "./errors.ts";

/**
 * Makes the file if there is none, readable by its owner only, before SQLite would make it readable by everybody.
 *
 * @throws Error that says what is wrong with the path.
 */
export function prepareFile(path: string, warn: (message: string) => void): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return create(path);
  if (!stats.isFile()) throw new Error(`${path} is ${stats.isDirectory() ? "a folder" : "no file"}; give a file`);
  if (stats.size > 0 && stats.size < smallestDatabase) throw notADatabase(path);
  if (isOpenToOthers(stats)) {
    warn(`${path} can be read by other users of this machine; "chmod 600" it, unless that is intended`);
  }
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw new Error(`${path} cannot be read and written; give this user the right to`, { cause });
  }
}

/**
 * SQLite would take a shorter file for an empty one, and write over it. Not found out by reading it: closing a file
 * here would take away the locks of another connection of this process (https://sqlite.org/howtocorrupt.html, 2.2).
 */
const smallestDatabase = 512;

/** Windows has no such bits. */
export const isOpenToOthers = ({ mode }: Stats) => process.platform !== "win32" && (mode & 0o077) !== 0;

function create(path: string): void {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`${path} cannot be made: there is no folder ${folder}; make it first`);
  }
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (cause) {
    // Another process has just made it: then it is as we want it.
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") return;
    throw new Error(`${path} cannot be made; give this user the right to write to ${folder}`, { cause });
  }
}
