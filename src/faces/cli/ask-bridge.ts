import type { Config } from "../../config.ts";
import { BridgeError } from "../../core/errors.ts";
import type { OutputOf } from "../../operations/index.ts";
import { createLog } from "../../serve/log.ts";
import { findRunningRelay, type RunningRelay } from "../../serve/running-relay.ts";
import { type Chosen, chooseBridge, type Credential } from "./choose-bridge.ts";
import { CommandError } from "./command-error.ts";
import { openFetch } from "./open-fetch.ts";
import { credentialOf } from "./relay-credential.ts";
import { type AskedOperation, paths } from "../../operations/paths.ts";
import { callOverHttp } from "./over-http.ts";
import { warn } from "./warn.ts";

/** A bridge that a command can ask, wherever it is. */
export interface AskedBridge {
  /** For people: its address, or its database where no relay runs. */
  readonly place: string;
  /** Addresses at which machines can reach it, the best first; none while no relay runs. */
  readonly urls: readonly string[];
  /** What this machine calls it, if it has joined it. */
  readonly name: string | undefined;
  /** @throws CommandError */
  call<Name extends AskedOperation>(name: Name, input?: object): Promise<OutputOf<Name>>;
  close(): Promise<void>;
}

/**
 * Runs `use` with the bridge that the configuration chooses. A relay is asked over HTTP; where none runs on the
 * database, the operations run here, as the operator's.
 */
export async function withBridge<Result>(
  config: Config,
  use: (bridge: AskedBridge) => Promise<Result>,
): Promise<Result> {
  const bridge = await open(config, chooseBridge(config));
  try {
    return await use(bridge);
  } finally {
    await bridge.close();
  }
}

async function open(config: Config, chosen: Chosen): Promise<AskedBridge> {
  if (chosen.kind === "remote") return overHttp(chosen, [chosen.url], chosen.name);
  const relay = await findRunningRelay(config.db);
  const bridge = relay === undefined ? undefined : await askRelay(relay);
  return bridge ?? inProcess(config);
}

/** Undefined when what answers there is another bridge: the relay was killed, and has left its file. */
export async function askRelay(relay: RunningRelay): Promise<AskedBridge | undefined> {
  const { url, remote } = relay;
  const bridge = await overHttp(credentialOf(relay), remote.length > 0 ? remote : [url], undefined);
  try {
    await bridge.call("whoami");
    return bridge;
  } catch (error) {
    await bridge.close();
    if (error instanceof CommandError && error.code === "unauthorized") return undefined;
    throw error;
  }
}

async function overHttp(
  { url, token, certificate }: Credential,
  urls: readonly string[],
  name: string | undefined,
): Promise<AskedBridge> {
  const { fetch, close } = await openFetch(certificate);
  return {
    place: url,
    urls,
    name,
    close,
    async call(operation, input = {}) {
      const { operations } = await import("../../operations/index.ts");
      const answer = await callOverHttp({ url, token, fetch }, { ...paths[operation], input });
      const parsed = operations[operation].output.safeParse(answer);
      if (!parsed.success) throw newer(url, parsed.error);
      // The schema of this operation has just been asked; an index by a type parameter forgets which it was.
      return parsed.data as OutputOf<typeof operation>;
    },
  };
}

async function inProcess(config: Config): Promise<AskedBridge> {
  const { openLocalBridge } = await import("../../serve.ts");
  const bridge = await openLocalBridge(config, { log: createLog(config.logLevel), warn });
  return {
    place: config.db,
    urls: [],
    name: undefined,
    close: () => bridge.close(),
    call: (operation, input = {}) =>
      bridge.call(operation, input).catch((error: unknown) => {
        throw error instanceof BridgeError ? new CommandError(error.code, error.message, { cause: error }) : error;
      }),
  };
}

const newer = (url: string, cause: unknown) =>
  new CommandError("failure", `the bridge at ${url} answers in words that this program does not know`, {
    fix: "use the same version on both sides",
    cause,
  });
