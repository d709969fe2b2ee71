import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type BridgeClient, BridgeError, connect } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { fingerprintWords } from "../../../core/fingerprint.ts";
import { findRunningRelay } from "../../../serve/running-relay.ts";
import { chooseBridge, type Credential } from "../choose-bridge.ts";
import { CommandError, isCode } from "../command-error.ts";
import { note, print } from "../output.ts";
import { openFetch } from "../open-fetch.ts";
import { credentialOf } from "../relay-credential.ts";
import { play } from "./play.ts";
import { receiptsOf } from "./receipts.ts";
import { roles, script } from "./script.ts";

export interface DemoOptions {
  readonly fast?: boolean;
}

/** With it all lines take about 25 seconds, which is enough to read them. */
const readMs = 25_000 / script.length;
/** Whoever watches a demonstration does not wait for a bridge that is away. */
const patienceMs = 5000;

/** Two scripted agents talk over the bridge, in a channel of their own that is deleted at the end. */
export async function demoCommand(config: Config, { fast = false }: DemoOptions): Promise<void> {
  const { url, token, certificate } = await credentialFor(config);
  const { fetch, close } = await openFetch(certificate);
  const as = (sender: string) => connect({ url, token, sender, fetch, patienceMs });
  const clients = { asks: as(roles.asks), answers: as(roles.answers) };
  const stop = new AbortController();
  const interrupt = () => stop.abort(new CommandError("failure", "stopped"));
  process.once("SIGINT", interrupt);
  try {
    const channel = await freeChannel(clients.asks);
    print(`  Demo: two scripted agents in ${channel} on ${url}. No model is asked; the receipts are real.`);
    const isWatched = process.stdout.isTTY && !fast;
    try {
      const pause = () => (isWatched ? sleep(readMs, undefined, { signal: stop.signal }) : Promise.resolve());
      const told = (id: string) => receiptsOf({ url, token, fetch }, id);
      await play({ channel, clients, receiptsOf: told, pause, show: print, signal: stop.signal });
    } finally {
      await remove(channel, clients.asks);
    }
  } catch (error) {
    if (!stop.signal.aborted) throw toCommandError(error);
    process.exitCode = interrupted;
  } finally {
    process.off("SIGINT", interrupt);
    await close();
  }
}

/** As a shell reports a program that Ctrl-C has ended. */
const interrupted = 130;

async function credentialFor(config: Config): Promise<Credential> {
  const chosen = chooseBridge(config);
  if (chosen.kind === "remote") return chosen;
  const relay = await findRunningRelay(config.db);
  if (relay !== undefined) return credentialOf(relay);
  throw new CommandError("unreachable", `no relay runs on ${config.db}`, { fix: "start it with claude-bridge up" });
}

const mostNames = 5;

/** One that nobody has used: what is in it is deleted at the end. */
async function freeChannel(client: BridgeClient): Promise<string> {
  for (let tries = 0; tries < mostNames; tries += 1) {
    const channel = `demo:${fingerprintWords(randomBytes(32)).split("-", 1)[0]}`;
    const { messages } = await client.messages({ channel, limit: 1 });
    if (messages.length === 0) return channel;
  }
  throw new CommandError("conflict", "channels of earlier demos are still there", { fix: "clear them, and try again" });
}

async function remove(channel: string, client: BridgeClient): Promise<void> {
  try {
    const { cleared } = await client.clear(channel);
    print(
      `\n  Deleted ${channel} again (${cleared} ${cleared === 1 ? "message" : "messages"}). Next: claude-bridge doctor`,
    );
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    note(`\n  ${channel} stays, because this machine may not clear it (${error.message})`);
    note(`  fix: claude-bridge clear ${channel}, on the bridge's machine`);
  }
}

function toCommandError(error: unknown): unknown {
  if (!(error instanceof BridgeError)) return error;
  const code = isCode(error.code) ? error.code : "unreachable";
  return new CommandError(code, error.message, { cause: error, fix: "claude-bridge doctor" });
}
