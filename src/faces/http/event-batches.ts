import type { Entry } from "../../core/message.ts";

/** Joins what comes under load; a lone entry waits for nobody. */
export interface Batches {
  add(entries: readonly Entry[]): void;
  /** Drops what is still waiting. */
  close(): void;
}

/** In milliseconds: what a message may wait for others, when one went out just before it. */
const joinMs = 5;

export function createBatches(flush: (batch: readonly Entry[]) => void): Batches {
  let pending: Entry[] = [];
  let lastFlush = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  function flushNow(): void {
    clearTimeout(timer);
    timer = undefined;
    lastFlush = performance.now();
    const batch = pending;
    pending = [];
    flush(batch);
  }

  return {
    add(entries) {
      pending.push(...entries);
      const waitMs = lastFlush + joinMs - performance.now();
      if (waitMs <= 0) flushNow();
      else timer ??= setTimeout(flushNow, waitMs);
    },
    close() {
      clearTimeout(timer);
      timer = undefined;
      pending = [];
    },
  };
}
