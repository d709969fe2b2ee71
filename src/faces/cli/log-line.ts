import { localTime } from "./times.ts";
import { visibleOnLine } from "./visible-on-line.ts";

/** A line of a relay's log as a person reads it. What is no JSON of it, such as a warning, stays as it is. */
export function toLogLine(line: string): string {
  const entry = parse(line);
  if (entry === undefined) return visibleOnLine(line);
  const { level, time, msg, pid: _pid, hostname: _hostname, ...details } = entry;
  const rest = Object.entries(details).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const when = localTime(new Date(Number(time)).toISOString());
  return visibleOnLine([when, (levels[Number(level)] ?? "log").padEnd(5), String(msg), ...rest].join(" "));
}

/** Pino's numbers. */
const levels: Readonly<Record<number, string>> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};

/** Later than this no date can be made. */
const lastTime = 8.64e15;

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== "object" || entry === null) return undefined;
    const { time } = entry as Readonly<Record<string, unknown>>;
    return typeof time === "number" && Math.abs(time) <= lastTime ? { ...entry } : undefined;
  } catch {
    return undefined;
  }
}
