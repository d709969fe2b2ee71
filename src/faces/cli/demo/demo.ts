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
import { play, type Player } from "./play.ts";
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
  const as = (role: string) => connect({ url, token, sender: role, agent: role, fetch, patienceMs });
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
      const players = { asks: await enter(clients.asks), answers: await enter(clients.answers) };
      await play({ channel, players, pause, show: print, signal: stop.signal });
    } finally {
      await remove(channel, clients.asks);
      await Promise.all(Object.values(clients).map(leave));
    }
  } catch (error) {
    if (!stop.signal.aborted) throw toCommandError(error);
    process.exitCode = interrupted;
  } finally {
    process.off("SIGINT", interrupt);
    await close();
  }
}

/** Tells the bridge that the agent is here, and under which name it is known there. */
async function enter(client: BridgeClient): Promise<Player> {
  return { client, name: await client.announce({ doing: "working" }) };
}

/** Who says goodbye is not waited for. */
async function leave(client: BridgeClient): Promise<void> {
  await client.announce({ gone: true }).catch(() => undefined);
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
