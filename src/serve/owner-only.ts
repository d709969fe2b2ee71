import { statSync } from "node:fs";

/** Says what to do when other users can read a file that only its owner should. */
export function warnIfReadable(path: string, warn: (line: string) => void): void {
  if (isReadableByOthers(path)) warn(`other users of this machine can read ${path}; run: chmod 600 '${path}'`);
}

/** Windows has no such modes; its files inherit their folder's rights. */
const isReadableByOthers = (path: string) => process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0;
