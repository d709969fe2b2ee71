import { hostname, userInfo } from "node:os";
import { type BridgeClient, BridgeError, connect, type Fetch } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { readAnnounced } from "../../../serve/running-relay.ts";
import { chooseBridge, type Credential } from "../choose-bridge.ts";
import { CommandError, isCode } from "../command-error.ts";
import { connectionFailure } from "../connection-failure.ts";
import { openFetch } from "../open-fetch.ts";
import { credentialOf } from "../relay-credential.ts";
import { quickFetch } from "./quick-fetch.ts";

/** A bridge that is spoken to under a name: of the sender, and of the agent that asks. */
export interface Talk {
  readonly client: BridgeClient;
  readonly name: string;
}

/** Whoever waits at a terminal wants to hear that nobody answers; a bridge that starts anew takes less. */
const patienceMs = 1000;
const answerMs = 15_000;

/**
 * Runs `use` with a client of the bridge that the configuration chooses, which must be one that runs: a database by
 * itself delivers nothing.
 *
 * @throws CommandError for whatever the bridge refuses, and when there is none.
 */
export function withClient<Result>(config: Config, use: (talk: Talk) => Promise<Result>): Promise<Result> {
  const name = config.client.sender ?? loginName();
  return withNamed(config, name, (client) => use({ client, name }));
}

/** Which bridge was chosen, for people. */
export interface Whereabouts {
  readonly url: string;
  /** What it is called here, or its address. */
  readonly name: string;
}

/** The same in nobody's name: what it reads counts as read by no agent, and nobody is taken to be there. */
export const withReader = <Result>(
  config: Config,
  use: (client: BridgeClient, where: Whereabouts) => Promise<Result>,
): Promise<Result> => withNamed(config, undefined, use);

async function withNamed<Result>(
  config: Config,
  name: string | undefined,
  use: (client: BridgeClient, where: Whereabouts) => Promise<Result>,
): Promise<Result> {
  const chosen = chooseBridge(config);
  const isLocal = chosen.kind === "local";
  const { url, token, certificate } = isLocal ? localRelay(config) : chosen;
  const { fetch, close } =
    certificate === undefined ? { fetch: quickFetch, close: () => Promise.resolve() } : await openFetch(certificate);
  try {
    const given = isLocal
      ? { token: () => readAnnounced(config.db)?.token ?? token ?? "", fetch: known(fetch) }
      : { token, fetch };
    const called = (chosen.kind === "remote" ? chosen.name : undefined) ?? new URL(url).host;
    const client = connect({ url, ...given, sender: name, agent: name, patienceMs, answerMs });
    return await use(client, { url: url.replace(/\/+$/, ""), name: called });
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    throw isLocal && error.code === "unreachable" && error.cause !== undefined
      ? noRelay(config)
      : toCommandError(url, error);
  } finally {
    await close();
  }
}

function localRelay(config: Config): Credential {
  const relay = readAnnounced(config.db);
  if (relay === undefined) throw noRelay(config);
  return credentialOf(relay);
}

/**
 * Each start of a relay has a token of its own, which it tells a moment after it has begun to listen. Who does not know
 * the last one is a relay that has just been started, to whom one comes again, or somebody else at its port.
 */
const known =
  (ask: Fetch): Fetch =>
  async (url, init) => {
    const response = await ask(url, init);
    if (response.status !== 401) return response;
    void response.body?.cancel().catch(() => {});
    throw new Error("another relay answers there");
  };

const noRelay = ({ db }: Config) =>
  new CommandError("unreachable", `no relay runs on ${db}`, { fix: "start it with claude-bridge up" });

function toCommandError(url: string, error: BridgeError): CommandError {
  const { code, message, cause } = error;
  if (code === "unreachable" && cause !== undefined) return connectionFailure(url, cause);
  if (code === "unreachable" || code === "unexpected_answer") {
    return new CommandError("unreachable", message, { cause: error, fix: "claude-bridge doctor" });
  }
  if (code === "cursor_stale") return new CommandError("not_found", message, { cause: error });
  return new CommandError(isCode(code) ? code : "failure", message, { cause: error });
}

/** Whoever is at the keyboard; a container may have nobody. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return hostname();
  }
}
