/** Who wants to be called when something may have changed. */
export interface Listeners {
  /** Returns the unsubscribe. The same callback may be added twice, and then is called twice. */
  add(wake: () => void): () => void;
  wakeAll(): void;
  isEmpty(): boolean;
  clear(): void;
}

export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    add(wake) {
      // Our own wrapper: a set has the same callback once.
      const listener = () => wake();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    wakeAll() {
      for (const listener of listeners) listener();
    },
    isEmpty: () => listeners.size === 0,
    clear: () => listeners.clear(),
  };
}
