/** Latencies in whole microseconds, every one of them kept: percentiles are of all samples. */
export interface Histogram {
  add(us: number): void;
  readonly count: number;
  /** In milliseconds; 0 when there are no samples. */
  percentile(percent: number): number;
}

/** A counter for each microsecond up to a second, and a list for what took longer. */
const bins = 1_000_000;

export function createHistogram(): Histogram {
  const counts = new Uint32Array(bins);
  const long: number[] = [];
  let count = 0;
  return {
    add(us) {
      count += 1;
      const bin = us < 0 ? 0 : Math.round(us);
      if (bin < bins) counts[bin] = (counts[bin] ?? 0) + 1;
      else long.push(bin);
    },
    get count() {
      return count;
    },
    percentile(percent) {
      let rank = Math.max(1, Math.ceil((percent / 100) * count));
      if (count === 0) return 0;
      for (let bin = 0; bin < bins; bin++) {
        rank -= counts[bin] ?? 0;
        if (rank <= 0) return bin / 1000;
      }
      return (long.toSorted((a, b) => a - b)[rank - 1] ?? 0) / 1000;
    },
  };
}
