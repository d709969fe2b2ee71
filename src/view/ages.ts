const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago or how long: "3 s", "4 m", "2 h", "5 d". The smallest is "0 s", as clocks differ. */
export function age(ms: number): string {
  if (ms < minute) return `${Math.max(0, Math.floor(ms / second))} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} m`;
  return ms < 2 * day ? `${Math.floor(ms / hour)} h` : `${Math.floor(ms / day)} d`;
}

/** How long something took: "9 ms", "1.4 s", "3 m 51 s", "2 h 5 m". */
export function duration(ms: number): string {
  if (ms < second) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10 * second) return `${(ms / second).toFixed(1)} s`;
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} m ${Math.floor((ms % minute) / second)} s`;
  return `${Math.floor(ms / hour)} h ${Math.floor((ms % hour) / minute)} m`;
}

/** The time of day in the reader's zone, to the second: "10:42:07". */
export const clockTime = (ms: number): string => clock.format(ms);

/** The same to the millisecond: "10:42:07.112". */
export const clockTimeToMs = (ms: number): string =>
  `${clock.format(ms)}.${String(Math.floor(ms) % second).padStart(3, "0")}`;

/** "Today, Sunday 22 November", "Sunday 22 November", or with the year where it is another. */
export function dayLabel(ms: number, now: number): string {
  const label = (new Date(ms).getFullYear() === new Date(now).getFullYear() ? dayOfYear : dayOfAnyYear)
    .format(ms)
    .replace(",", "");
  if (isSameDay(ms, now)) return `Today, ${label}`;
  return isSameDay(ms, now - day) ? `Yesterday, ${label}` : label;
}

export const isSameDay = (a: number, b: number): boolean => date.format(a) === date.format(b);

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const date = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const dayOfAnyYear = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
