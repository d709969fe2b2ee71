import { randomBytes } from "node:crypto";
import { renameSync, rmSync, statSync } from "node:fs";
import { open, statfs } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * A file beside the database that only takes up room. On a full disk nothing can be deleted either, because SQLite
 * writes what it deletes to its log first. Then the ballast goes overboard, and until there is room for it again only
 * what frees space is written: senders would take that room at once.
 */
export interface Ballast {
  /** Gives the room away; false when there is none to give. */
  release(): boolean;
  isReleased(): boolean;
  /** Makes it, if it is not there and there is room for more than it. */
  restore(): Promise<void>;
  /** Resolves when nothing is being written. */
  close(): Promise<void>;
}

/** Of the free space, where that is little. */
const largestPart = 1 / 4;
/** What must be free beyond the ballast, as a part of it. */
const margin = 1 / 4;
const chunkBytes = 1024 * 1024;
/** Senders that are refused ask for it each time. */
const pauseMs = 250;

export function createBallast(path: string, maxBytes: number): Ballast {
  const file = `${path}-ballast`;
  let isReleased = false;
  let bytes = maxBytes;
  let restoring: Promise<void> | undefined;
  let nextTry = 0;

  async function restore(): Promise<void> {
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) {
      const { bavail, bsize } = await statfs(dirname(path));
      const free = bavail * bsize;
      // What was released must fit in again, or a small one would follow on every full disk.
      if (!isReleased) bytes = Math.floor(Math.min(maxBytes, free * largestPart));
      if (bytes === 0 || free < bytes * (1 + margin)) return;
      await fill(file, bytes);
    }
    isReleased = false;
  }

  return {
    isReleased: () => isReleased,
    release() {
      if (statSync(file, { throwIfNoEntry: false }) === undefined) return false;
      rmSync(file, { force: true });
      isReleased = true;
      nextTry = performance.now() + pauseMs;
      return true;
    },
    restore() {
      if (restoring === undefined && performance.now() < nextTry) return Promise.resolve();
      nextTry = performance.now() + pauseMs;
      // There is no room after all, or no right to it: the database works without, as long as the disk is not full.
      restoring ??= restore()
        .catch(() => rmSync(`${file}-new`, { force: true }))
        .finally(() => {
          restoring = undefined;
        });
      return restoring;
    },
    async close() {
      await restoring;
    },
  };
}

/** Random, so that no file system stores it smaller than it is. */
async function fill(file: string, bytes: number): Promise<void> {
  const unfinished = `${file}-new`;
  const handle = await open(unfinished, "w", 0o600);
  try {
    const chunk = randomBytes(Math.min(bytes, chunkBytes));
    for (let written = 0; written < bytes; written += chunk.length) {
      await handle.write(chunk, 0, Math.min(chunk.length, bytes - written));
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
  renameSync(unfinished, file);
}
