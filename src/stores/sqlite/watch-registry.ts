/** Rings when the registry was changed, by whomever; `look` is to be called when it may have been. */
export function watchRegistry(version: () => number): {
  look(): void;
  watch(wake: () => void): () => void;
} {
  const watchers = new Set<() => void>();
  let seen = version();
  return {
    look() {
      const now = version();
      if (now === seen) return;
      seen = now;
      for (const watcher of watchers) watcher();
    },
    watch(wake) {
      // Our own wrapper, so that the same callback may watch twice.
      const watcher = () => wake();
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
