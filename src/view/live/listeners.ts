/** Who is told, of what. One that was taken off while others are told is not told any more. */
export interface Listeners<Told> {
  add(listener: (told: Told) => void): () => void;
  tell(told: Told): void;
}

export function createListeners<Told = void>(): Listeners<Told> {
  const all = new Set<(told: Told) => void>();
  return {
    add(listener) {
      const own = (told: Told) => listener(told);
      all.add(own);
      return () => all.delete(own);
    },
    tell(told) {
      for (const listener of all) listener(told);
    },
  };
}
