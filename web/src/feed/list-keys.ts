/** Where a key leads in a list of so many lines, by their indices; undefined for a key that leads nowhere. */
export function stepOf(key: string): ((from: number, count: number) => number) | undefined {
  switch (key) {
    case "ArrowDown":
      return next;
    case "ArrowUp":
      return previous;
    case "Home":
      return () => 0;
    case "End":
      return (_from, count) => count - 1;
    default:
      return undefined;
  }
}

export const next = (from: number, count: number) => Math.min(count - 1, from + 1);
export const previous = (from: number) => Math.max(0, from - 1);
