import type { WireLine } from "./layout.ts";

/** Where lines stand, once each kind has a height. */
export interface Places {
  readonly total: number;
  /** The top of a line; of the one behind the last, the end. */
  topOf(line: number): number;
  /** The line that covers the height, and the first or last one beyond. */
  lineAt(height: number): number;
}

export type Heights = Readonly<Record<WireLine["kind"], number>>;

export function placesOf(lines: readonly Pick<WireLine, "kind">[], heights: Heights): Places {
  const tops = new Float64Array(lines.length + 1);
  lines.forEach(({ kind }, at) => (tops[at + 1] = (tops[at] ?? 0) + heights[kind]));
  const total = tops[lines.length] ?? 0;
  return {
    total,
    topOf: (line) => tops[Math.min(Math.max(line, 0), lines.length)] ?? 0,
    lineAt(height) {
      let [low, high] = [0, Math.max(0, lines.length - 1)];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((tops[middle] ?? 0) <= height) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
