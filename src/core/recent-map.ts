/** A map that remembers so many keys and no more: with one too many, it forgets the one that was set longest ago. */
export interface RecentMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): boolean;
  /** The one that was set longest ago first. What is deleted meanwhile is left out. */
  entries(): Iterable<readonly [string, Value]>;
  readonly size: number;
}

export function createRecentMap<Value>(most: number): RecentMap<Value> {
  const values = new Map<string, Value>();
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      for (const oldest of values.keys()) {
        if (values.size <= most) return;
        values.delete(oldest);
      }
    },
    delete: (key) => values.delete(key),
    entries: () => values.entries(),
    get size() {
      return values.size;
    },
  };
}
