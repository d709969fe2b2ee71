import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { StoreHealth } from "../../core/store.ts";

/** Where less is free, a person should be told: on a large disk so many bytes, on a small one this part of it. */
const lowDiskBytes = 256 * 1024 * 1024;
const lowDiskPart = 1 / 10;

/** Of the disk that the file is on. */
export async function healthOf(path: string): Promise<StoreHealth> {
  const { bavail, blocks, bsize } = await statfs(dirname(path));
  const diskFreeBytes = bavail * bsize;
  return { diskFreeBytes, diskIsLow: diskFreeBytes < Math.min(lowDiskBytes, blocks * bsize * lowDiskPart) };
}
