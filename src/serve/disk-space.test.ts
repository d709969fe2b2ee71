import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchDiskSpace } from "./disk-space.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => vi.useRealTimers());

function watch(health?: () => Promise<{ diskFreeBytes: number; diskIsLow: boolean }>) {
  const lines: string[] = [];
  const log = {
    info: (details: object) => void lines.push(`info ${JSON.stringify(details)}`),
    warn: (details: object) => void lines.push(`warn ${JSON.stringify(details)}`),
  };
  const diskSpace = watchDiskSpace({ store: health === undefined ? {} : { health }, log });
  return { ...diskSpace, lines };
}

describe("the watch over the disk", () => {
  it("warns once when there is little room, and says once when there is more", async () => {
    const looks = [100, 5, 4, 100, 100, 3];
    const { lines, close } = watch(async () => {
      const diskFreeBytes = looks.shift() ?? 0;
      return { diskFreeBytes, diskIsLow: diskFreeBytes < 10 };
    });
    for (let minute = 0; minute < 5; minute++) await vi.advanceTimersByTimeAsync(60_000);
    expect(lines).toEqual(['warn {"disk_free_bytes":5}', 'info {"disk_free_bytes":100}', 'warn {"disk_free_bytes":3}']);
    close();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(lines).toHaveLength(3);
  });

  it("has nothing to say of a store without a disk, or one that cannot be asked", async () => {
    const watches = [watch(), watch(() => Promise.reject(new Error("no such folder")))];
    await vi.advanceTimersByTimeAsync(60_000);
    for (const { lines, close } of watches) {
      expect(lines).toEqual([]);
      close();
    }
  });
});
