import { createHash } from "node:crypto";
import {
  copyFileSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { systemClock } from "../../../core/clock.ts";
import { formatTime } from "../../../core/time.ts";
import type { Client, InstalledFile } from "./installed.ts";

export const readText = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

export const fingerprint = (path: string): string | undefined =>
  existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : undefined;

/** Where the copy of a file goes. Colons are no part of a file's name everywhere. */
const backupPath = (path: string): string =>
  `${path}.claude-bridge-backup-${formatTime(systemClock.now()).replaceAll(":", "-")}`;

/**
 * Keeps what is there, in a file of the same rights. Nothing where nothing is there.
 *
 * @throws when it cannot be kept: then nothing may be changed.
 */
export function keepCopy(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const backup = backupPath(path);
  copyFileSync(path, backup, constants.COPYFILE_EXCL);
  return backup;
}

/** Changes a file in its place, so that a link stays one and rights stay what they are. */
export function editFile(client: Client, path: string, text: string, before: InstalledFile | undefined): InstalledFile {
  const folder = dirname(path);
  const makesFolder = !existsSync(folder);
  if (makesFolder) mkdirSync(folder, { recursive: true });
  const isAsWeLeftIt = before?.left !== undefined && before.left === fingerprint(path);
  const kept = isAsWeLeftIt ? before.backup : keepCopy(path);
  writeFileSync(path, text);
  // Between two edits of ours somebody else's is no longer known apart: then only our own part can be taken out.
  const left = before === undefined || isAsWeLeftIt ? fingerprint(path) : undefined;
  return { client, path, backup: kept, left, madeFolder: before?.madeFolder ?? makesFolder };
}

/**
 * Puts a file back: exactly, if nobody has changed it since; otherwise without our own part, and the copy stays.
 */
export function putFileBack(file: InstalledFile, without: (text: string) => string): void {
  const { path, backup, left, madeFolder = false } = file;
  if (!existsSync(path)) return;
  if (left !== undefined && left === fingerprint(path)) restore(path, backup);
  else writeFileSync(path, without(readText(path)));
  if (madeFolder && !existsSync(path)) removeIfEmpty(dirname(path));
}

export function restore(path: string, backup: string | undefined): void {
  if (backup === undefined) return rmSync(path);
  if (!existsSync(backup)) return;
  writeFileSync(path, readFileSync(backup));
  rmSync(backup);
}

export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else keeps something there.
  }
}
