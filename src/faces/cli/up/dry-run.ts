import type { Config } from "../../../config.ts";
import type { RunningRelay } from "../../../serve/running-relay.ts";
import { planClaude } from "../plan-claude.ts";
import { print } from "../output.ts";
import { logFileOf } from "../relay-log.ts";
import type { Installer } from "../installer.ts";
import { findPort } from "./port.ts";
import { knownReach, type Reach } from "./reach.ts";
import type { UpOptions } from "./up.ts";

/** Says what `up` would do, and does none of it. */
export async function dryRun(
  config: Config,
  running: RunningRelay | undefined,
  options: UpOptions,
  installer: Installer,
): Promise<void> {
  if (running !== undefined) print(`would start nothing: the relay runs (pid ${running.pid}) at ${running.url}`);
  else await startOf(config, options);
  print("would make a code for the next machine, if others can reach the relay");
  print(`would join this machine to it, if it asks for credentials, and keep that in ${config.client.folder}`);
  if (options.claude === false) return;
  const { version, connection, command } = await planClaude(config.client.claude, installer);
  if (connection !== undefined) print(`would leave Claude Code as it is: it is connected by ${connection}`);
  else if (version === undefined) print(`would say how to connect Claude Code, which is not on the PATH: ${command}`);
  else print(`would run, at a terminal: ${command}`);
}

async function startOf(config: Config, { local = false, detach = false }: UpOptions): Promise<void> {
  const reach = knownReach(config, local);
  const { port, takenBy } = await findPort({ ...config, host: reach?.host ?? config.host });
  const where = detach ? `in the background, with its log in ${logFileOf(config.db)}` : "here";
  print(`would start the relay ${where}, on ${config.db}`);
  print(`would listen on port ${port}${takenBy === undefined ? "" : `, as ${takenBy} has ${config.port}`}`);
  print(sayReach(reach));
}

function sayReach(reach: Reach | undefined): string {
  if (reach === undefined) return "would ask at a terminal whether other machines may connect, and else let none in";
  return `would listen on ${reach.host}, by ${reach.by === "answer" ? "the answer that was given before" : reach.by}`;
}
