import { type Config, type Flags, loadConfig } from "../../../config.ts";
import { createLog } from "../../../serve/log.ts";
import { findRunningRelay, type RunningRelay } from "../../../serve/running-relay.ts";
import { type Relay, startRelay } from "../../../serve.ts";
import { isAtTerminal } from "../ask-person.ts";
import { askRelay } from "../ask-bridge.ts";
import { CommandError } from "../command-error.ts";
import { configure } from "../configure.ts";
import { note, print } from "../output.ts";
import { logFileOf } from "../relay-log.ts";
import { untilStopped } from "../signals.ts";
import { warn } from "../warn.ts";
import type { Installer } from "../installer.ts";
import { startDetached } from "./detach.ts";
import { dryRun } from "./dry-run.ts";
import { type OwnRelay, settle, type SettleOptions, type UpFacts } from "./facts.ts";
import { keyLine, listenForKeys } from "./hotkeys.ts";
import { findPort } from "./port.ts";
import { askReach, knownReach, type Reach, unasked } from "./reach.ts";
import { relayKeys } from "./relay-keys.ts";
import { toScreen, toUpJson } from "./screen.ts";
import { watchJoins } from "./watch-joins.ts";

export interface UpOptions {
  readonly local?: boolean;
  /** False for `--no-claude`. */
  readonly claude?: boolean;
  readonly detach?: boolean;
  readonly dryRun?: boolean;
}

export interface UpContext {
  /** Called when the relay has started in this process. */
  readonly onStarted: () => void;
  readonly installer: Installer;
}

/** Starts the relay unless one runs on this database, and lets this machine and the next one in. */
export async function upCommand(flags: Flags, options: UpOptions, { onStarted, installer }: UpContext): Promise<void> {
  const config = ofThisDatabase(configure(flags));
  if (options.local === true && flags["host"] !== undefined) {
    throw new CommandError("usage", "--local listens on this machine only, and --host says where: give one of them");
  }
  const connectsClaude = options.claude !== false;
  const running = await findRunningRelay(config.db);
  const own = running === undefined ? undefined : await open(config, running);
  if (options.dryRun === true) {
    await own?.bridge.close();
    return dryRun(config, own?.relay, options, installer);
  }
  if (own !== undefined) return finish(own, { wasRunning: true, connectsClaude, installer });

  const { host } = await reachOf(config, options);
  const { port, takenBy } = await findPort({ ...config, host });
  if (takenBy !== undefined) warn(`${takenBy} has port ${config.port}; using ${port}`);
  const settled = { wasRunning: false, connectsClaude, installer };
  const chosen: Flags = { ...flags, host, port: String(port) };
  if (options.detach === true) return detach(config, chosen, settled);
  await runHere(ofThisDatabase(loadConfig(chosen)), chosen, { ...settled, onStarted });
}

/** Commands about a relay of this machine ask it, whatever this machine has joined. */
const ofThisDatabase = (config: Config): Config => ({
  ...config,
  client: { ...config.client, isDbFlag: true, isUrlFlag: false, url: undefined, bridge: undefined },
});

async function reachOf(config: Config, { local = false }: UpOptions): Promise<Reach> {
  return knownReach(config, local) ?? (isAtTerminal() && !config.isJson ? askReach(config) : unasked);
}

/** Undefined when another bridge answers where one was that has been killed. */
async function open(config: Config, relay: RunningRelay): Promise<OwnRelay | undefined> {
  const bridge = await askRelay(relay);
  return bridge === undefined ? undefined : { config, relay, bridge };
}

/** Shows what there is, and leaves it running. */
async function finish(own: OwnRelay, options: SettleOptions): Promise<void> {
  try {
    await show(own.config, await settle(own, options));
  } finally {
    await own.bridge.close();
  }
}

async function show({ isJson }: Config, facts: UpFacts): Promise<void> {
  print(isJson ? toUpJson(facts) : `\n${toScreen(facts)}`);
  const run = facts.claude?.run;
  // Somebody has to have seen the command.
  if (run === undefined || isJson || !isAtTerminal()) return;
  const code = await run();
  if (code !== 0) warn(`Claude Code is not connected; later: ${facts.claude?.command}`);
}

async function detach(config: Config, flags: Flags, options: SettleOptions): Promise<void> {
  const relay = await startDetached(config, flags);
  const own = await open(config, relay);
  if (own === undefined) throw new CommandError("failure", `another bridge answers at ${relay.url}`);
  await finish(own, options);
  if (!config.isJson)
    note(`\n  It runs in the background; its log is ${logFileOf(config.db)}. claude-bridge down stops it.`);
}

interface RunOptions extends SettleOptions {
  readonly onStarted: () => void;
}

async function runHere(config: Config, flags: Flags, { onStarted, ...options }: RunOptions): Promise<void> {
  const log = createLog(config.logLevel);
  const relay = await startRelay(config, { log, warn, readCaps: () => loadConfig(flags).caps });
  const stopped = untilStopped(relay.reload);
  onStarted();
  try {
    await accompany(config, relay, log, options, stopped);
  } finally {
    await relay.close();
  }
}

async function accompany(
  config: Config,
  relay: Relay,
  log: ReturnType<typeof createLog>,
  options: SettleOptions,
  stopped: Promise<void>,
): Promise<void> {
  const announced = await findRunningRelay(config.db);
  const own = announced === undefined ? undefined : await open(config, announced);
  if (own === undefined) {
    warn(`nothing answers at port ${relay.port} of this machine: another program is in between`);
    return stopped;
  }
  const facts = await settle(own, options);
  await show(config, facts);
  const keys = isAtTerminal() && process.stdout.isTTY && !config.isJson ? relayKeys(own, facts, log) : [];
  if (keys.length > 0) print(`\n${keyLine(keys)}`);
  const companions = keys.length > 0 ? [listenForKeys(keys), await watchJoins(own.bridge, print)] : [];
  await stopped;
  for (const companion of companions) companion.close();
  await own.bridge.close();
}
