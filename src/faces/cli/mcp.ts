import { existsSync, readFileSync } from "node:fs";
import type { Config } from "../../config.ts";
import { readBridges } from "../../config/bridges.ts";
import { certificateFingerprint } from "../../serve/fingerprint.ts";
import { createLog } from "../../serve/log.ts";
import { findRunningRelay, relayToken } from "../../serve/running-relay.ts";
import { version } from "../../version.ts";
import { chooseRemote } from "./choose-bridge.ts";
import { CommandError } from "./command-error.ts";
import { lastRelay } from "./last-relay.ts";
import { type OpenFetch, openFetch } from "./open-fetch.ts";
import { callOverHttp } from "./over-http.ts";
import { untilStopped } from "./signals.ts";
import { stdioCommand } from "./stdio.ts";

/** A bridge that is asked over HTTP, wherever it is. */
interface Target extends OpenFetch {
  /** For people, and for the folder of what waits for it. */
  readonly name: string;
  readonly url: string;
  readonly token: string | (() => string) | undefined;
}

/**
 * Serves an agent until it closes its end: the tools of the bridge that was named or joined, or else of the relay that
 * runs on the database here, or that `up` has started last; otherwise over the database itself. Nothing else may be
 * written to stdout.
 */
export async function mcpCommand(config: Config): Promise<void> {
  const target = isRemote(config)
    ? await remoteTarget(config)
    : ((await localTarget(config)) ?? (await lastTarget(config)));
  if (target === undefined) return stdioCommand(config);
  const stopped = untilStopped(() => undefined);
  const { startShim } = await import("../../shim/shim.ts");
  const { serveMcpStdio } = await import("../mcp/stdio.ts");
  const log = createLog(config.logLevel);
  const { name, url, token, fetch } = target;
  const shim = await startShim({
    bridge: name,
    connect: { url, token, fetch: (...request) => fetch(...request) },
    version,
    stateFolder: config.client.stateFolder,
    session: config.session,
    onError: (error) => log.warn({ reason: String(error) }, "beside the agent"),
  });
  const server = serveMcpStdio({
    host: shim.host,
    onDelivered: shim.delivered,
    onClient: shim.metClient,
    onError: (error) => log.info({ reason: error.message }, "MCP request refused"),
  });
  await Promise.race([server.closed, stopped]);
  await server.close();
  await shim.close();
  await target.close();
  process.stdin.destroy();
}

/** An address, a name, or what this machine has joined; a database that was named by a flag comes before that. */
function isRemote({ client }: Config): boolean {
  if (client.isUrlFlag || client.bridge !== undefined) return true;
  if (client.isDbFlag) return false;
  return client.url !== undefined || readBridges(client.folder).current !== undefined;
}

async function remoteTarget(config: Config): Promise<Target> {
  const { name, url, token, certificate } = chooseRemote(config);
  return { name: name ?? new URL(url).host, url, token, ...(await openFetch(certificate)) };
}

/** Undefined when no relay runs on the database, or what answers at its address is another's. */
async function localTarget({ db }: Pick<Config, "db">): Promise<Target | undefined> {
  const relay = await findRunningRelay(db);
  if (relay === undefined) return undefined;
  const { url, certificateFile: file } = relay;
  const opened = await openFetch(
    file === undefined ? undefined : certificateFingerprint(readFileSync(file, "utf8")).sha256,
  );
  try {
    const call = { method: "GET", path: "/api/whoami", input: {} } as const;
    await callOverHttp({ url, token: relay.token, fetch: opened.fetch }, call);
  } catch (error) {
    await opened.close();
    if (error instanceof CommandError) return undefined;
    throw error;
  }
  // A relay that is started again has another token, and leaves it in the same place.
  return { name: "local", url, token: () => relayToken(db) ?? relay.token, ...opened };
}

/**
 * For an agent in a folder that has no database, where nobody said which: the plugin starts in every project. It need
 * not run just now.
 */
async function lastTarget({ db, client }: Config): Promise<Target | undefined> {
  const last = client.isDbSet || existsSync(db) ? undefined : lastRelay(client.stateFolder);
  if (last === undefined) return undefined;
  const running = await localTarget(last);
  // Of one with a certificate of its own it is not known which to believe.
  if (running !== undefined || last.url.startsWith("https:")) return running;
  return { name: "local", url: last.url, token: () => relayToken(last.db) ?? "", ...(await openFetch(undefined)) };
}
