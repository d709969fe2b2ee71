const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
const step = 1024;

/** A size for people: "214 B", "1.8 MiB", "92 GiB". */
export function bytes(size: number): string {
  let [value, unit] = [size, 0];
  while (value >= step && unit < units.length - 1) [value, unit] = [value / step, unit + 1];
  const digits = unit > 0 && value < 10 && !Number.isInteger(value) ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}
