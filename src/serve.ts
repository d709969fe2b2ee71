import { randomBytes } from "node:crypto";
import { createAccess } from "./access/access.ts";
import { createAgents } from "./agents/agents.ts";
import { type Config, ConfigError } from "./config.ts";
import { type Bridge, createBridge } from "./core/bridge.ts";
import { type Clock, systemClock } from "./core/clock.ts";
import type { Caps } from "./core/limits.ts";
import type { Operation } from "./core/operation.ts";
import { localOperator } from "./core/principal.ts";
import type { Store } from "./core/store.ts";
import type { SecretScan } from "./core/secret-scan.ts";
import type { Log } from "./faces/http/options.ts";
import { createMcpOnDemand } from "./faces/mcp/on-demand.ts";
import type { OperationName, OutputOf } from "./operations/index.ts";
import { type Access, configuredAccess, defaultAccess, open } from "./serve/access.ts";
import { findUrls, isLoopback, loopbackOf, type Urls, urlOf } from "./serve/addresses.ts";
import { certificateFingerprint, epochFingerprint, type Fingerprint, identityOf } from "./serve/fingerprint.ts";
import { listen, refuseSecondBridge } from "./serve/listen.ts";
import { watchDiskSpace } from "./serve/disk-space.ts";
import { keepOnlyRecent } from "./serve/retention.ts";
import { announceRelay } from "./serve/running-relay.ts";
import { logSecrets } from "./serve/secret-log.ts";
import { toStartError } from "./serve/start-error.ts";
import { openTls } from "./serve/tls.ts";
import { openSqliteStore } from "./stores/sqlite.ts";
import { dashboardFolder, version } from "./version.ts";

export interface ServeOptions {
  /** For whoever operates the bridge, as JSON. */
  readonly log: Log;
  /** For the person who starts it: a line that they should see, without a prefix. */
  readonly warn: (line: string) => void;
  /** Reads the limits again, from where the configuration came. */
  readonly readCaps: () => Caps;
}

export interface Relay {
  readonly bridge: Bridge;
  readonly port: number;
  readonly urls: Urls;
  readonly access: Access;
  /** Of the certificate that new connections get now, or of the bridge where there is none. */
  fingerprint(): Fingerprint;
  /** Puts the limits and the certificate in force that the files have now; keeps the old ones when they are broken. */
  reload(): void;
  /** Takes no new request, ends streams and waits, then closes the store. */
  close(): Promise<void>;
}

/**
 * Starts the relay: the store, the bridge, its faces, and a port.
 *
 * @throws ConfigError when a file of the configuration cannot be used.
 * @throws AlreadyRunning, StartError when there is no port for it.
 */
export async function startRelay(config: Config, { log, warn, readCaps }: ServeOptions): Promise<Relay> {
  const configured = configuredAccess(config);
  await refuseSecondBridge(config);
  const asked = () => configured ?? defaultAccess(config, warn);
  const tls = await openTls(config, { log, warn });
  const operatorToken = randomBytes(32).toString("base64url");
  const certificate = () => tls?.inForce().cert;
  let remote: readonly string[] = [];
  const remoteUrls = () => remote;
  const opened = await openBridge(config, { log, warn, asked, operatorToken, certificate, remoteUrls });
  const { bridge, access, close: closeBridge } = opened;
  const reload = () => {
    reloadCaps(bridge, readCaps, log);
    tls?.reload();
  };
  const { createHttpFace } = await import("./faces/http/server.ts");
  try {
    const face = createHttpFace({
      bridge,
      boundary: {
        trustedHosts: config.trustedHosts,
        corsOrigins: config.corsOrigins,
        isPublic: !isLoopback(config.host),
      },
      trustedProxies: config.trustedProxies,
      dashboard: config.hasDashboard ? dashboardFolder : undefined,
      log,
      tls: tls?.inForce(),
      mcp: createMcpOnDemand({ bridge, onError: logRefusal(log) }),
      reload,
    });
    tls?.follow(face.setTls);
    const port = await listen(face, config, warn);
    const urls = await findUrls({ host: config.host, port, isTls: tls !== undefined });
    remote = urls.remote;
    const announced = announce(config, { urls, port, token: operatorToken });
    log.info({ version, host: config.host, port, db: config.db }, "listening");
    return {
      bridge,
      port,
      urls,
      access,
      fingerprint: () =>
        tls === undefined ? epochFingerprint(bridge.store.epoch) : certificateFingerprint(tls.inForce().cert),
      reload,
      async close() {
        announced.withdraw();
        tls?.close();
        // The bridge first: it ends streams and answers whoever waits, and the face lets those answers out.
        await closeBridge();
        await face.close();
        log.info({}, "closed");
      },
    };
  } catch (error) {
    tls?.close();
    await closeBridge();
    throw error;
  }
}

/** Tells commands on this machine where the relay is. */
function announce({ db, host, tls }: Config, { urls, port, token }: Pick<Relay, "urls" | "port"> & { token: string }) {
  const url = urls.local ?? urlOf({ port, isTls: tls !== undefined }, loopbackOf(host));
  const certificateFile = tls?.certPath;
  return announceRelay(db, { url, remote: urls.remote, certificateFile, token, pid: process.pid, version });
}

/** MCP on stdin and stdout, over the same database as a relay. */
export async function serveStdio(
  config: Config,
  { log, warn }: Omit<ServeOptions, "readCaps">,
): Promise<{ readonly closed: Promise<void>; close(): Promise<void> }> {
  const { bridge, close: closeBridge } = await openBridge(config, { log, warn, asked: () => open });
  const { serveMcpStdio } = await import("./faces/mcp/stdio.ts");
  const face = serveMcpStdio({ host: bridge, onError: logRefusal(log) });
  return {
    closed: face.closed,
    async close() {
      await closeBridge();
      await face.close();
    },
  };
}

interface OpenOptions extends Omit<ServeOptions, "readCaps"> {
  /** What whoever comes must show. Asked when there is a database: a token may be made beside it. */
  readonly asked: () => Access;
  /** For the commands of whoever operates the relay. */
  readonly operatorToken?: string;
  /** The certificate that new connections get, as PEM. */
  readonly certificate?: () => string | undefined;
  /** Where it can be reached from elsewhere, once that is known. */
  readonly remoteUrls?: () => readonly string[];
}

async function openBridge(config: Config, { log, warn, remoteUrls = () => [], ...options }: OpenOptions) {
  const { caps, retentionDays, retentionSweepSeconds: sweepSeconds, auditRetentionDays: auditDays } = config;
  const clock = systemClock;
  const store = await openSqliteStore({
    path: config.db,
    clock,
    maxChannels: () => bridge.caps().maxChannels,
    warn,
  }).catch((error: unknown) => {
    throw toStartError(error);
  });
  const { access, known } = await openAccess(config, {
    ...options,
    store,
    clock,
    log,
    caps: () => bridge.caps(),
  }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const about = { version, startedAt: clock.now(), retentionDays, remoteUrls };
  const secretScan: SecretScan = { mode: config.secretScan, report: logSecrets(log) };
  const onError = (error: unknown) => log.error({ err: error }, "agents could not be seen to");
  const agents = createAgents({ store, clock, directory: known.directory, wakeRules: known.wakeRules, onError });
  const bridge: Bridge = createBridge({ store, about, caps, clock, secretScan, access: known, agents });
  const retention = keepOnlyRecent({ store, clock, retentionDays, sweepSeconds, log });
  const auditRetention = keepOnlyRecent({ store: store.audit, clock, retentionDays: auditDays, sweepSeconds, log });
  const diskSpace = watchDiskSpace({ store, log });
  return {
    bridge,
    access,
    async close() {
      diskSpace.close();
      await Promise.all([retention.close(), auditRetention.close(), bridge.close()]);
    },
  };
}

interface OpenAccessOptions extends Pick<OpenOptions, "log" | "asked" | "operatorToken" | "certificate"> {
  readonly store: Store;
  readonly clock: Clock;
  readonly caps: () => Caps;
}

async function openAccess(config: Config, { asked, certificate, ...parts }: OpenAccessOptions) {
  const { allowUnauthenticatedNetwork: isOpenToNetwork, auditsMessages } = config;
  const access = asked();
  const identity = () => identityOf(parts.store.epoch, certificate?.());
  return {
    access,
    known: await createAccess({ ...parts, identity, sharedToken: access.token, isOpenToNetwork, auditsMessages }),
  };
}

/** A bridge that runs operations in this process, as its operator's. */
export interface LocalBridge {
  /** @throws BridgeError */
  call<Name extends OperationName>(name: Name, input: object): Promise<OutputOf<Name>>;
  close(): Promise<void>;
}

/** For commands, where no relay runs on the database. */
export async function openLocalBridge(
  config: Config,
  options: Pick<ServeOptions, "log" | "warn">,
): Promise<LocalBridge> {
  const { bridge, close } = await openBridge(config, { ...options, asked: () => open });
  const { signal } = new AbortController();
  const caller = { principal: localOperator, signal: () => signal, via: "cli" } as const;
  const { operations } = await import("./operations/index.ts");
  return {
    // The name says which operation it is; an index by a type parameter forgets that.
    call: async (name, input) =>
      (await bridge.call(operations[name] as Operation, input, caller)) as OutputOf<typeof name>,
    close,
  };
}

function reloadCaps(bridge: Bridge, readCaps: () => Caps, log: Log): void {
  try {
    bridge.setCaps(readCaps());
    log.info({ limits: bridge.caps() }, "limits read again");
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    log.error({ reason: error.message }, "limits not read again: the old ones stay in force");
  }
}

/** Mostly clients that speak MCP wrongly and have been told so: of interest to those who look for it. */
const logRefusal = (log: Log) => (error: Error) => log.info({ reason: error.message }, "MCP request refused");
