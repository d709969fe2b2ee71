import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "../../config.ts";
import { findRunningRelay, forgetRelay, readAnnounced, type RunningRelay } from "../../serve/running-relay.ts";
import { askRelay } from "./ask-bridge.ts";
import { CommandError } from "./command-error.ts";
import { print, printJson } from "./output.ts";
import { isAlive } from "./process-alive.ts";

/** A relay lets requests finish and has gone after 4.5 seconds, whatever hangs. */
const goneWithinMs = 8000;
const lookMs = 50;

/**
 * Stops the relay of this database and waits until it is gone. Nothing to stop is no failure.
 *
 * @throws CommandError when it cannot be stopped, or stays.
 */
export async function downCommand({ db, isJson }: Config): Promise<void> {
  const announced = readAnnounced(db);
  const relay = announced === undefined ? undefined : await stoppable(db, announced);
  if (relay === undefined) return tell(isJson, { stopped: false }, `no relay runs on ${db}`);
  const { pid, url } = relay;
  try {
    process.kill(pid, "SIGTERM");
  } catch (error) {
    if (isAlive(pid)) throw notMine(pid, error);
  }
  const until = performance.now() + goneWithinMs;
  while (isAlive(pid)) {
    if (performance.now() > until) throw stays(pid);
    await pause(lookMs);
  }
  // Windows ends a process without a word.
  forgetRelay(db, relay);
  tell(isJson, { stopped: true, pid }, `Stopped the relay at ${url} (pid ${pid})`);
}

/**
 * The relay of the file, once it has shown that it is the one. A number alone proves nothing: another process may have
 * it by now.
 */
async function stoppable(db: string, announced: RunningRelay): Promise<RunningRelay | undefined> {
  const isThere = (await findRunningRelay(db)) !== undefined;
  const bridge = isThere ? await askRelay(announced) : undefined;
  await bridge?.close();
  if (bridge !== undefined) return announced;
  if (isThere || !isAlive(announced.pid)) {
    forgetRelay(db, announced);
    return undefined;
  }
  throw new CommandError(
    "unreachable",
    `the relay does not answer at ${announced.url}, so that it is not sure who it is`,
    {
      fix: `look what process ${announced.pid} is, and if it is the relay, end it: kill ${announced.pid}`,
    },
  );
}

const notMine = (pid: number, cause: unknown) =>
  new CommandError("forbidden", `process ${pid} belongs to another user`, { fix: "stop it as that user", cause });

const stays = (pid: number) =>
  new CommandError("timeout", `the relay (pid ${pid}) was told to stop, and still runs`, {
    fix: `see claude-bridge logs; then kill -9 ${pid}, which loses nothing that was acknowledged`,
  });

function tell(isJson: boolean, facts: object, line: string): void {
  if (isJson) printJson(facts);
  else print(line);
}
