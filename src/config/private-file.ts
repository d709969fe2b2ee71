import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigError } from "./error.ts";

/**
 * Puts a file that only its owner can read in the place of `path`, as a whole: whoever reads it finds the old text or
 * the new one. Its folder is made if need be.
 *
 * @throws ConfigError when it cannot be written.
 */
export function replacePrivateFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(draft, { force: true });
    // `wx`: nobody else can have made it, and keep it open to read what is written.
    const file = openSync(draft, "wx", 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`could not write ${path}: ${reason}`, { cause: error });
  }
}

/** Windows has no such modes; its files inherit their folder's rights. */
export const isReadableByOthers = (path: string): boolean =>
  process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0;
