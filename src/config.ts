import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { type ClientConfig, readClientConfig } from "./config/client.ts";
import { ConfigError } from "./config/error.ts";
import { type ConfigFile, readConfigFile, readSecretFile } from "./config/files.ts";
import { checkKeys, find, read, type Sources } from "./config/find.ts";
import { retired } from "./config/retired.ts";
import { readSession, type Session } from "./config/session.ts";
import type { Values } from "./config/settings.ts";
import { readTerminalConfig, type TerminalConfig } from "./config/terminal.ts";
import { type Caps, defaultCaps } from "./core/limits.ts";

export { ConfigError } from "./config/error.ts";
export type { Flags, Sources } from "./config/find.ts";

/** How one start of the bridge was asked to be. Every path is absolute. */
export interface Config {
  readonly host: string;
  /** Somebody said where to listen, so that nobody need be asked. */
  readonly isHostChosen: boolean;
  readonly port: number;
  /** Somebody chose the port, so that another one would not do. */
  readonly isPortChosen: boolean;
  readonly db: string;
  readonly hasDashboard: boolean;
  readonly isStdio: boolean;
  readonly isJson: boolean;
  /** Undefined: no credential is configured. */
  readonly token: TokenSource | undefined;
  readonly allowUnauthenticatedNetwork: boolean;
  readonly trustedHosts: readonly string[];
  /** Addresses and ranges of proxies whose forwarding headers count. */
  readonly trustedProxies: readonly string[];
  readonly corsOrigins: readonly string[];
  /** Undefined: plain HTTP. */
  readonly tls: TlsSource | undefined;
  readonly secretScan: Values["secretScan"];
  readonly retentionDays: number;
  readonly retentionSweepSeconds: number;
  /** Each message is written into the audit too. */
  readonly auditsMessages: boolean;
  readonly auditRetentionDays: number;
  readonly logLevel: Values["logLevel"];
  readonly caps: Caps;
  /** For commands that ask a bridge. */
  readonly client: ClientConfig;
  /** For what fills a terminal. */
  readonly terminal: TerminalConfig;
  /** For what runs beside an agent. */
  readonly session: Session;
  /** One line for each setting that was given and does nothing. */
  readonly warnings: readonly string[];
}

/** Where the token comes from. `label` names the flag, variable or key for people. */
export type TokenSource =
  | { readonly kind: "value"; readonly label: string; readonly value: string }
  | { readonly kind: "file"; readonly label: string; readonly path: string };

/** Where the certificate and its key are. Self-signed ones are made there when they are not. */
export interface TlsSource {
  readonly kind: "files" | "self-signed";
  readonly certPath: string;
  readonly keyPath: string;
}

/**
 * The configuration that the sources make: flags, then variables, then the file, then defaults, for each setting
 * on its own. Touches nothing outside its argument.
 *
 * @throws ConfigError for the first setting that cannot be used.
 */
export function readConfig(sources: Sources): Config {
  if (sources.file !== undefined) checkKeys(sources.file);
  return {
    host: read("host", sources),
    isHostChosen: find("host", sources) !== undefined,
    port: read("port", sources),
    isPortChosen: find("port", sources) !== undefined,
    db: resolve(sources.cwd, read("db", sources)),
    hasDashboard: !read("noDashboard", sources),
    isStdio: read("stdio", sources),
    isJson: read("json", sources),
    token: tokenSource(sources),
    allowUnauthenticatedNetwork: read("allowUnauthenticatedNetwork", sources),
    trustedHosts: read("trustedHosts", sources),
    trustedProxies: read("trustedProxies", sources),
    corsOrigins: read("corsOrigins", sources),
    tls: tlsSource(sources),
    secretScan: read("secretScan", sources),
    retentionDays: read("retentionDays", sources),
    retentionSweepSeconds: read("retentionSweepSeconds", sources),
    auditsMessages: read("auditLog", sources),
    auditRetentionDays: read("auditRetentionDays", sources),
    logLevel: read("logLevel", sources),
    caps: readCaps(sources),
    client: readClientConfig(sources),
    terminal: readTerminalConfig(sources),
    session: readSession(sources),
    warnings: retiredInUse(sources),
  };
}

/**
 * The configuration of this process, given what its command line says.
 *
 * @throws ConfigError also when the configuration file cannot be read.
 */
export function loadConfig(flags: Sources["flags"]): Config {
  const sources = { flags, env: process.env, cwd: process.cwd(), homeDir: homedir(), platform: process.platform };
  return readConfig({ ...sources, file: configFile(sources) });
}

/**
 * The token itself.
 *
 * @throws ConfigError when its file cannot be read, or holds none: a bridge that was to be protected never opens.
 */
export function readToken(source: TokenSource): string {
  return source.kind === "value" ? source.value : readSecretFile(source);
}

function configFile(sources: Sources): ConfigFile | undefined {
  const chosen = find("config", sources);
  const path = read("config", sources) ?? join(configHome(sources), "claude-bridge", "config.json");
  return readConfigFile(path, { label: chosen?.label });
}

/** A relative `XDG_CONFIG_HOME` is to be ignored, says its specification. */
function configHome({ env, homeDir }: Sources): string {
  const home = env["XDG_CONFIG_HOME"];
  return home !== undefined && isAbsolute(home) ? home : join(homeDir, ".config");
}

/** The nearest to the person who starts the bridge wins: a token file on the command line beats a variable. */
function tokenSource(sources: Sources): TokenSource | undefined {
  const value = find("authToken", sources);
  const file = find("authTokenFile", sources);
  if (value !== undefined && (value.source === "flag" || file?.source !== "flag")) {
    return { kind: "value", label: value.label, value: read("authToken", sources) ?? "" };
  }
  if (file === undefined) return undefined;
  return { kind: "file", label: file.label, path: read("authTokenFile", sources) ?? "" };
}

function tlsSource(sources: Sources): TlsSource | undefined {
  const [certPath, keyPath] = [read("tlsCert", sources), read("tlsKey", sources)];
  const isSelfSigned = read("tls", sources) !== undefined;
  if (isSelfSigned && (certPath ?? keyPath) !== undefined) {
    throw new ConfigError("--tls self-signed makes a certificate, and --tls-cert names one: give one of them");
  }
  if (isSelfSigned) {
    const db = resolve(sources.cwd, read("db", sources));
    return { kind: "self-signed", certPath: `${db}.tls-cert.pem`, keyPath: `${db}.tls-key.pem` };
  }
  if (certPath !== undefined && keyPath !== undefined) return { kind: "files", certPath, keyPath };
  if (certPath !== undefined) throw new ConfigError("--tls-cert needs --tls-key: give both, or neither");
  if (keyPath !== undefined) throw new ConfigError("--tls-key needs --tls-cert: give both, or neither");
  return undefined;
}

function readCaps(sources: Sources): Caps {
  const names = Object.keys(defaultCaps) as readonly (keyof Caps)[];
  return { ...defaultCaps, ...Object.fromEntries(names.map((name) => [name, read(name, sources)])) };
}

function retiredInUse({ env }: Sources): readonly string[] {
  return retired
    .filter(({ env: variable }) => env[variable] !== undefined)
    .map(({ env: variable, why }) => `${variable} is not used: ${why}`);
}
