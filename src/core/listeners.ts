/** Who wants to be called when something may have changed, and with what. */
export interface Listeners<Told = void> {
  /** Returns the unsubscribe. The same callback may be added twice, and then is called twice. */
  add(wake: (told: Told) => void): () => void;
  wakeAll(told: Told): void;
  isEmpty(): boolean;
  clear(): void;
}

export function createListeners<Told = void>(): Listeners<Told> {
  const listeners = new Set<(told: Told) => void>();
  return {
    add(wake) {
      // Our own wrapper: a set has the same callback once.
      const listener = (told: Told) => wake(told);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    wakeAll(told) {
      for (const listener of listeners) listener(told);
    },
    isEmpty: () => listeners.size === 0,
    clear: () => listeners.clear(),
  };
}
