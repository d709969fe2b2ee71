import { CommandError } from "./command-error.ts";

/** For people: in their own zone, which is said. */
export function localTime(timestamp: string | undefined): string {
  return timestamp === undefined ? "" : formatWith(minutes, timestamp);
}

/** The same with seconds. */
export const localTimeToSeconds = (ms: number): string => formatWith({ ...minutes, second: "2-digit" }, ms);

const minutes: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
};

/** Made when it is needed, as it takes longer than the rest of a command. */
const formats = new Map<boolean, Intl.DateTimeFormat>();

function formatWith(options: Intl.DateTimeFormatOptions, moment: string | number): string {
  const hasSeconds = options.second !== undefined;
  // Sweden writes dates as everybody can read and sort them.
  const format = formats.get(hasSeconds) ?? new Intl.DateTimeFormat("sv-SE", options);
  formats.set(hasSeconds, format);
  return format.format(new Date(moment)).replace(",", "");
}

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/**
 * Seconds of `90`, `90s`, `10m`, `2h` or `7d`.
 *
 * @throws CommandError `usage`.
 */
export function readDuration(flag: string, text: string): number {
  const match = /^(\d{1,9})([smhd]?)$/.exec(text);
  if (match === null)
    throw new CommandError("usage", `${flag} must be a time such as 90s, 10m, 2h or 7d, not "${text}"`);
  const [, count = "", unit = ""] = match;
  return Number(count) * seconds[(unit || "s") as keyof typeof seconds];
}

/** As a person says it: "10 minutes", "2 hours". */
export function sayDuration(total: number): string {
  const [unit, size] = units.find(([, length]) => total >= length && total % length === 0) ?? ["second", 1];
  const count = total / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** How long something has been running: "5 s", "12 min", "3 h", "2 d". */
export function sayUptime(seconds: number): string {
  const [size, unit] = uptimeUnits.find(([length]) => seconds >= length) ?? [1, "s"];
  return `${Math.floor(seconds / size)} ${unit}`;
}

const uptimeUnits = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
] as const;
