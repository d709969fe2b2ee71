import type { Policy } from "./policy.ts";
import { localOperator, type Principal } from "./principal.ts";

/** Ends what is open when its principal loses the rights that it was opened with. */
export interface Revocations {
  /** Calls `end` once when `principal` is no longer current, which may be at once. Returns the unsubscribe. */
  watch(principal: Principal, end: () => void): () => void;
  close(): void;
}

export function createRevocations({ isCurrent, watch }: Pick<Policy, "isCurrent" | "watch">): Revocations {
  const watchers = new Set<{ readonly principal: Principal; readonly end: () => void }>();
  const unwatch = watch(() => {
    for (const watcher of watchers) {
      if (isCurrent(watcher.principal)) continue;
      watchers.delete(watcher);
      watcher.end();
    }
  });

  return {
    watch(principal, end) {
      // Whoever sits at the bridge's machine has every right for good.
      if (principal === localOperator) return nothing;
      if (!isCurrent(principal)) {
        end();
        return nothing;
      }
      const watcher = { principal, end };
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    close() {
      unwatch();
      watchers.clear();
    },
  };
}

const nothing = () => undefined;
