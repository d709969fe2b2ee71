import { statSync } from "node:fs";
import { resolve } from "node:path";
import { copyInto, makeFile } from "./sqlite/back-up.ts";
import { openFilled } from "./sqlite/open-to-read.ts";

export interface BackUpOptions {
  /** A database of ours or of the original; a relay may be using it. */
  readonly path: string;
  /** A file that is not there yet. */
  readonly to: string;
}

/**
 * Copies the database, as it is at one moment, to the disk.
 *
 * @returns how large the copy is, in bytes.
 * @throws BridgeError `store_busy`, when another process has the file for itself.
 * @throws Error that says what is wrong with one of the files.
 */
export function backUpDatabase({ path, to }: BackUpOptions): number {
  const copy = resolve(to);
  const { database } = openFilled(resolve(path));
  try {
    if (!makeFile(copy)) throw new Error(`${copy} is there already; give a path that is free`);
    copyInto(database, copy);
    return statSync(copy).size;
  } catch (cause) {
    throw explain(copy, cause);
  } finally {
    database.close();
  }
}

/** What the file system says of the copy's path; the rest speaks for itself. */
function explain(copy: string, error: unknown): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new Error(`${copy} cannot be made: ${error.message}`, { cause: error });
}
