import type { Store, StoreHealth } from "../core/store.ts";

export interface DiskSpaceOptions {
  readonly store: Pick<Store, "health">;
  readonly log: { info(details: object, message: string): void; warn(details: object, message: string): void };
}

export interface DiskSpace {
  close(): void;
}

const lookMs = 60_000;

/** Looks every minute how much room the store has left, and says once when that is little, and once when it is not. */
export function watchDiskSpace({ store, log }: DiskSpaceOptions): DiskSpace {
  let wasLow = false;

  function report({ diskFreeBytes, diskIsLow }: StoreHealth): void {
    if (diskIsLow === wasLow) return;
    wasLow = diskIsLow;
    const details = { disk_free_bytes: diskFreeBytes };
    if (diskIsLow) log.warn(details, "the disk is almost full: messages are refused when it is; make room on it");
    else log.info(details, "the disk has room again");
  }

  async function look(): Promise<void> {
    try {
      const health = await store.health?.();
      if (health !== undefined) report(health);
    } catch {
      // A disk that cannot be asked will make itself heard in other ways.
    }
  }

  void look();
  const timer = setInterval(() => void look(), lookMs).unref();
  return { close: () => clearInterval(timer) };
}
