import { systemClock } from "../../../core/clock.ts";
import { CommandError } from "../command-error.ts";
import { readDuration } from "../times.ts";

/**
 * Milliseconds since the Unix epoch, of `1h` (ago) or of a date and time.
 *
 * @throws CommandError `usage`.
 */
export function readMoment(flag: string, text: string): number {
  if (/^\d+[smhd]?$/.test(text)) return systemClock.now() - readDuration(flag, text) * 1000;
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw new CommandError(
    "usage",
    `${flag} must be how long ago, such as 90s, 1h or 7d, or a time such as 2026-11-22T09:30:00Z, not "${text}"`,
  );
}

/**
 * A whole number of the command line.
 *
 * @throws CommandError `usage`.
 */
export function readCount(flag: string, text: string, most: number): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw new CommandError("usage", `${flag} must be a whole number from 1 to ${most}, not "${text}"`);
}
