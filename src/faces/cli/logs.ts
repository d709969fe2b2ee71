import { existsSync, watchFile, unwatchFile } from "node:fs";
import type { Config } from "../../config.ts";
import { CommandError } from "./command-error.ts";
import { toLogLine } from "./log-line.ts";
import { print } from "./output.ts";
import { lastLines, logFileOf, readFrom, sizeOf } from "./relay-log.ts";

export interface LogsOptions {
  readonly follow?: boolean;
  /** How many of the last lines; text, as it was given. */
  readonly lines: string;
}

/** How often the file is looked at; no file system tells of every change. */
const lookMs = 250;
/** What came at once and is longer is shown in steps. */
const maxReadBytes = 1024 * 1024;

/**
 * Prints what a relay in the background has said, and with `follow` what it says from now on, until it is stopped.
 *
 * @throws CommandError `not_found` when none was ever started so on this database.
 */
export async function logsCommand({ db, isJson }: Config, { follow = false, lines }: LogsOptions): Promise<void> {
  const count = /^\d{1,6}$/.test(lines) ? Number(lines) : undefined;
  if (count === undefined) throw new CommandError("usage", `--lines must be a whole number, not "${lines}"`);
  const path = logFileOf(db);
  if (!existsSync(path)) {
    throw new CommandError("not_found", `there is no log ${path}`, {
      fix: "a relay in the background has one: claude-bridge up --detach; others log to their terminal",
    });
  }
  const show = isJson ? print : (line: string) => print(toLogLine(line));
  const from = await sizeOf(path);
  for (const line of await lastLines(path, count)) show(line);
  if (follow) await followFrom(path, from, show);
}

/** Never returns by itself: Ctrl-C ends it, as nothing is left undone. */
function followFrom(path: string, start: number, show: (line: string) => void): Promise<never> {
  let position = start;
  let rest = "";
  let last: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const size = await sizeOf(path);
    // It was begun anew.
    if (size < position) [position, rest] = [0, ""];
    while (position < size) {
      const to = Math.min(size, position + maxReadBytes);
      const lines = (rest + (await readFrom(path, position, to))).split("\n");
      position = to;
      rest = lines.pop() ?? "";
      for (const line of lines) show(line);
    }
  };
  return new Promise((_resolve, reject) => {
    const again = () => {
      last = last.then(look).catch((error: unknown) => {
        unwatchFile(path, again);
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    };
    watchFile(path, { interval: lookMs }, again);
    // What came between the last lines and now.
    again();
  });
}
