import { spawn } from "node:child_process";
import { closeSync, openSync, renameSync, statSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { settings, type SettingName } from "../../../config/settings.ts";
import type { Config, Flags } from "../../../config.ts";
import { StartError } from "../../../serve/start-error.ts";
import { findRunningRelay, type RunningRelay } from "../../../serve/running-relay.ts";
import { lastLines, logFileOf } from "../relay-log.ts";

/** An old database may have to be imported first; after that long a person should look. */
const startWithinMs = 60_000;
const lookMs = 50;
/** A log is begun anew when it is longer; the old one is kept beside it. */
const maxLogBytes = 5 * 1024 * 1024;

/**
 * Starts a relay that goes on when this program and its terminal have ended. Its log is beside the database.
 *
 * @throws StartError with what it said last, when it ends instead of answering.
 */
export async function startDetached({ db, logLevel }: Config, flags: Flags): Promise<RunningRelay> {
  const log = openLog(db);
  const [program = ""] = process.argv.slice(1);
  const args = [
    ...process.execArgv,
    program,
    "serve",
    ...argumentsOf({ ...flags, db, logLevel: logLevel === "warn" ? "info" : logLevel }),
  ];
  // Its start and its end should be found there, whenever somebody looks.
  // Nothing of the banner: it may show a new token, and logs are kept.
  const child = spawn(process.execPath, args, { detached: true, windowsHide: true, stdio: ["ignore", "ignore", log] });
  closeSync(log);
  const ended = new AbortController();
  child.once("exit", () => ended.abort());
  child.once("error", () => ended.abort());
  child.unref();
  const until = performance.now() + startWithinMs;
  while (!ended.signal.aborted && performance.now() < until) {
    const relay = await findRunningRelay(db);
    if (relay?.pid === child.pid && relay !== undefined) return relay;
    await pause(lookMs);
  }
  const said = (await lastLines(logFileOf(db), 5)).join(" ").trim();
  const why = said === "" ? `; see ${logFileOf(db)}` : `: ${said}`;
  throw new StartError(`the relay did not start${ended.signal.aborted ? "" : " in time"}${why}`);
}

function openLog(db: string): number {
  const path = logFileOf(db);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxLogBytes) renameSync(path, `${path}.old`);
  return openSync(path, "a", 0o600);
}

/** The flags as a command line has them. */
function argumentsOf(flags: Flags): readonly string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    const { flag }: { flag?: string } = settings[name as SettingName];
    const long = flag?.split(" ", 1)[0];
    if (long === undefined || value === false) return [];
    return value === true ? [long] : [value].flat().flatMap((text) => [long, String(text)]);
  });
}
