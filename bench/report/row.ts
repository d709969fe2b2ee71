/** One line of the table. */
export interface Row {
  readonly group: string;
  readonly name: string;
  readonly measured: string;
  /** What the bare machinery reached in the same run, and what part of that we do. */
  readonly floor?: string;
  readonly targets?: readonly Target[];
  /** Everything that was measured, for the JSON. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface Target {
  readonly says: string;
  readonly isMet: boolean;
}

export const atMost = (what: string, limit: number, unit: string, value: number): Target => ({
  says: `${what} ≤ ${limit} ${unit}`.trim(),
  isMet: value <= limit,
});

export const atLeast = (what: string, limit: number, unit: string, value: number): Target => ({
  says: `${what} ≥ ${limit} ${unit}`.trim(),
  isMet: value >= limit,
});

/** A row that cannot be measured here, by name and with the reason. */
export const skipped = (group: string, name: string, why: string): Row => ({
  group,
  name,
  measured: `skipped: ${why}`,
  figures: {},
});

/** A number as people read it: three digits that say something, thousands apart. */
export function show(value: number): string {
  if (!Number.isFinite(value)) return "?";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}

export const percent = (part: number): string => `${show(part * 100)} %`;

export const latencies = (p50: number, p99: number): string => `p50 ${show(p50)} ms, p99 ${show(p99)} ms`;
