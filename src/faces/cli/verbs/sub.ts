import type { BridgeClient, ReceivedMessage } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { CommandError, exitCodes } from "../command-error.ts";
import { note } from "../output.ts";
import { readDuration } from "../times.ts";
import { createInterruption } from "./interruption.ts";
import { listen, type Wanted } from "./listen.ts";
import { readCount, readMoment } from "./moments.ts";
import { runCommand } from "./run-command.ts";
import { fromNow, mostLast, startAfter, startAt, type StartPlace, startWithLast } from "./start-place.ts";
import { withReader } from "./with-client.ts";

export interface SubOptions extends Wanted {
  readonly since?: string;
  readonly last?: string;
  readonly after?: string;
  readonly exec?: string;
  readonly once?: boolean;
}

/** Prints messages as they come, until Ctrl-C, or until nobody reads any more. */
export async function subCommand(
  config: Config,
  words: readonly string[],
  { exec, once = false, from, type, ...past }: SubOptions,
): Promise<void> {
  const startIn = readStart(words, past);
  const onMessage = async (message: ReceivedMessage) => {
    const code = exec === undefined ? 0 : await runCommand(exec, message);
    if (code !== 0) note(`the command ended with exit code ${code}`);
    if (once && code !== 0) process.exitCode = exitCodes.failure;
    return once ? "enough" : "go on";
  };
  const interruption = createInterruption();
  try {
    await withReader(config, async (client) => {
      const [start, { signal }] = [await startIn(client), interruption];
      const told = { words, start, signal, isJson: config.isJson, from, type };
      await listen(client, { ...told, onMessage });
    });
  } finally {
    interruption.release();
  }
}

export interface WaitOptions extends Wanted {
  readonly timeout?: string;
  readonly after?: string;
}

/** Prints the next message. */
export async function waitCommand(
  config: Config,
  words: readonly string[],
  { timeout, after, from, type }: WaitOptions,
): Promise<void> {
  const seconds = timeout === undefined ? undefined : readDuration("--timeout", timeout);
  const interruption = createInterruption();
  const timer = seconds === undefined ? undefined : setTimeout(interruption.end, seconds * 1000);
  const onMessage = () => Promise.resolve("enough" as const);
  try {
    const came = await withReader(config, async (client) => {
      const start = after === undefined ? fromNow : await startAfter(client, after);
      const told = { words, start, signal: interruption.signal, isJson: config.isJson, from, type };
      return listen(client, { ...told, onMessage });
    });
    if (came || interruption.isByPerson()) return;
    throw new CommandError("timeout", `nothing came within ${timeout ?? ""}`);
  } finally {
    clearTimeout(timer);
    interruption.release();
  }
}

function readStart(
  words: readonly string[],
  { since, last, after }: Pick<SubOptions, "since" | "last" | "after">,
): (client: BridgeClient) => Promise<StartPlace> {
  if ([since, last, after].filter((flag) => flag !== undefined).length > 1) {
    throw new CommandError("usage", "give one of --since, --last and --after");
  }
  if (since !== undefined) {
    const moment = readMoment("--since", since);
    return (client) => startAt(client, words, moment);
  }
  if (last !== undefined) {
    const count = readCount("--last", last, mostLast);
    return (client) => startWithLast(client, words, count);
  }
  return after === undefined ? () => Promise.resolve(fromNow) : (client) => startAfter(client, after);
}
