const stamp = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Microseconds since the Unix epoch of a timestamp as the original wrote it: UTC, with six digits of a second or
 * none. Undefined for what is no time after 1970.
 */
export function parseOriginalTime(text: string): number | undefined {
  const [, date, time, fraction = "", zone = "Z"] = stamp.exec(text) ?? [];
  const seconds = Date.parse(`${date}T${time}${zone}`) / 1000;
  if (Number.isNaN(seconds) || seconds < 0) return undefined;
  return seconds * 1_000_000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}
