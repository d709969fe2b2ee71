const unitsMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const relative = /^(\d{1,9})([smhdw])$/i;
/** A date alone is its beginning, and a time without an offset is one, in UTC. */
const absolute = /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?)?$/;

/** RFC 3339, a part of it, or how long ago; in milliseconds since the Unix epoch. Undefined for what is no time. */
export function parseMoment(text: string, now: number): number | undefined {
  const [, amount, unit = ""] = relative.exec(text) ?? [];
  if (amount !== undefined) return now - Number(amount) * (unitsMs[unit.toLowerCase()] ?? 0);
  const match = absolute.exec(text);
  if (match === null) return undefined;
  const isDate = text.length === "2026-11-22".length;
  const at = Date.parse(isDate || match[1] !== undefined ? text.replace(" ", "T") : `${text.replace(" ", "T")}Z`);
  return Number.isNaN(at) ? undefined : at;
}
