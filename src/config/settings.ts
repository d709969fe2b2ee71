import { type Caps, defaultCaps, maxContentBytes } from "../core/limits.ts";
import type { SecretScanMode } from "../core/secret-scan.ts";
import {
  address,
  boolean,
  days,
  host,
  hosts,
  type Kind,
  name,
  networks,
  oneOf,
  origins,
  path,
  token,
  whole,
} from "./kinds.ts";

/**
 * Everything that can be set. This table alone makes the flags, the variables, the keys of the configuration file,
 * their parsing, their error messages and the help.
 */
export interface Setting<T> {
  /** As commander writes flags; a `<value>` for all but booleans. */
  readonly flag?: string;
  readonly env?: string;
  readonly group: Group;
  readonly help: string;
  readonly kind: Kind<T>;
  readonly fallback: T;
  /** Not taken from the configuration file: it is about one start, or about the file itself. */
  readonly isPerStart?: true;
}

export type Group = "Network" | "Access" | "Storage" | "Output" | "Limits" | "Client";

export const settings = {
  host: setting({
    flag: "--host <address>",
    env: "CLAUDE_BRIDGE_HOST",
    group: "Network",
    help: "listen on this address; 0.0.0.0 lets other machines in, with a token",
    kind: host,
    fallback: "127.0.0.1",
  }),
  port: setting({
    flag: "--port <number>",
    env: "CLAUDE_BRIDGE_PORT",
    group: "Network",
    help: "listen on this port; 0 takes a free one",
    kind: whole(0, 65_535),
    fallback: 8765,
  }),
  tls: setting({
    flag: "--tls <kind>",
    env: "CLAUDE_BRIDGE_TLS",
    group: "Network",
    help: "self-signed: serve https with a certificate that is made once and kept beside the database",
    kind: oneOf("self-signed"),
    fallback: undefined,
  }),
  tlsCert: setting({
    flag: "--tls-cert <file>",
    env: "CLAUDE_BRIDGE_TLS_CERT",
    group: "Network",
    help: "serve https with this certificate (PEM); needs --tls-key",
    kind: path,
    fallback: undefined,
  }),
  tlsKey: setting({
    flag: "--tls-key <file>",
    env: "CLAUDE_BRIDGE_TLS_KEY",
    group: "Network",
    help: "the certificate's private key (PEM)",
    kind: path,
    fallback: undefined,
  }),
  noDashboard: setting({
    flag: "--no-dashboard",
    env: "CLAUDE_BRIDGE_NO_DASHBOARD",
    group: "Network",
    help: "do not serve the dashboard",
    kind: boolean,
    fallback: false,
  }),
  stdio: setting({
    flag: "--stdio",
    group: "Network",
    help: "serve MCP on stdin and stdout instead of HTTP",
    kind: boolean,
    fallback: false,
    isPerStart: true,
  }),
  authToken: setting({
    flag: "--auth-token <token>",
    env: "CLAUDE_BRIDGE_AUTH_TOKEN",
    group: "Access",
    help: "ask for this bearer token; others can see flags, so prefer a file",
    kind: token,
    fallback: undefined,
  }),
  authTokenFile: setting({
    flag: "--auth-token-file <file>",
    group: "Access",
    help: "read the bearer token from a file",
    kind: path,
    fallback: undefined,
  }),
  allowUnauthenticatedNetwork: setting({
    flag: "--allow-unauthenticated-network",
    env: "CLAUDE_BRIDGE_ALLOW_UNAUTHENTICATED_NETWORK",
    group: "Access",
    help: "let other machines in without a token",
    kind: boolean,
    fallback: false,
  }),
  trustedHosts: setting({
    flag: "--trusted-host <name>",
    env: "CLAUDE_BRIDGE_TRUSTED_HOSTS",
    group: "Access",
    help: "answer to this host name too, such as a proxy's (repeatable; *.example.org)",
    kind: hosts,
    fallback: [],
  }),
  trustedProxies: setting({
    flag: "--trusted-proxy <address>",
    env: "CLAUDE_BRIDGE_TRUSTED_PROXIES",
    group: "Access",
    help: "believe what this proxy says of its clients (repeatable; 10.0.0.0/8)",
    kind: networks,
    fallback: [],
  }),
  corsOrigins: setting({
    flag: "--cors-origin <origin>",
    env: "CLAUDE_BRIDGE_CORS_ORIGIN",
    group: "Access",
    help: "let pages of this origin call the bridge (repeatable)",
    kind: origins,
    fallback: [],
  }),
  auditLog: setting({
    flag: "--audit-log",
    env: "CLAUDE_BRIDGE_AUDIT_LOG",
    group: "Access",
    help: "write each message into the audit too, by its hash",
    kind: boolean,
    fallback: false,
  }),
  auditRetentionDays: setting({
    env: "CLAUDE_BRIDGE_AUDIT_RETENTION_DAYS",
    group: "Storage",
    help: "forget what the audit says of before; 0 keeps it",
    kind: days,
    fallback: 90,
  }),
  secretScan: setting<SecretScanMode>({
    flag: "--secret-scan <mode>",
    env: "CLAUDE_BRIDGE_SECRET_SCAN",
    group: "Access",
    help: "look for credentials in messages that are sent: off, warn or refuse",
    kind: oneOf("off", "warn", "refuse"),
    fallback: "warn",
  }),
  db: setting({
    flag: "--db <file>",
    env: "CLAUDE_BRIDGE_DB",
    group: "Storage",
    help: "keep messages in this SQLite file",
    kind: path,
    fallback: "claude-bridge.db",
  }),
  retentionDays: setting({
    flag: "--retention-days <days>",
    env: "CLAUDE_BRIDGE_RETENTION_DAYS",
    group: "Storage",
    help: "delete messages older than this; 0 keeps them",
    kind: days,
    fallback: 0,
  }),
  retentionSweepSeconds: setting({
    env: "CLAUDE_BRIDGE_RETENTION_SWEEP_SECONDS",
    group: "Storage",
    help: "how often old messages are looked for",
    // A timer cannot be set for longer than 24 days.
    kind: whole(10, 2_000_000),
    fallback: 3600,
  }),
  config: setting({
    flag: "--config <file>",
    env: "CLAUDE_BRIDGE_CONFIG",
    group: "Storage",
    help: "read settings from this JSON file (default: claude-bridge/config.json in $XDG_CONFIG_HOME)",
    kind: path,
    fallback: undefined,
    isPerStart: true,
  }),
  json: setting({
    flag: "--json",
    group: "Output",
    help: "print one line of JSON instead of the banner",
    kind: boolean,
    fallback: false,
    isPerStart: true,
  }),
  logLevel: setting({
    flag: "--log-level <level>",
    env: "CLAUDE_BRIDGE_LOG_LEVEL",
    group: "Output",
    help: "log this and worse to stderr, as JSON: debug, info, warn, error or silent",
    kind: oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent"),
    fallback: "warn",
  }),
  url: ofCommands({
    flag: "--url <url>",
    env: "CLAUDE_BRIDGE_URL",
    help: "ask the bridge at this address",
    kind: address,
  }),
  bridge: ofCommands({
    flag: "--bridge <name>",
    help: "ask the bridge that this machine has joined under this name",
    kind: name,
  }),
  clientToken: ofCommands({
    env: "CLAUDE_BRIDGE_TOKEN",
    help: "the credential that commands show, before what join has stored",
    kind: token,
  }),
  clientTokenFile: ofCommands({
    env: "CLAUDE_BRIDGE_TOKEN_FILE",
    help: "the same, from a file",
    kind: path,
  }),
  sender: ofCommands({
    flag: "--as <name>",
    env: "CLAUDE_BRIDGE_SENDER",
    help: "speak under this name (default: the login name)",
    kind: name,
  }),
  maxStreams: cap("maxStreams", "MAX_SSE", "live event streams", whole(1)),
  maxStreamsPerChannel: cap("maxStreamsPerChannel", "MAX_SSE_PER_CHANNEL", "live event streams on a channel", whole(1)),
  streamReplayLimit: cap("streamReplayLimit", "SSE_REPLAY_LIMIT", "missed messages sent at once", whole(1, 10_000)),
  maxWaits: cap("maxWaits", "MAX_WAITS", "wait calls held open", whole(1)),
  maxStreamsPerPrincipal: cap(
    "maxStreamsPerPrincipal",
    "MAX_SSE_PER_PRINCIPAL",
    "live event streams of one machine, person or service",
    whole(1),
  ),
  maxWaitsPerPrincipal: cap(
    "maxWaitsPerPrincipal",
    "MAX_WAITS_PER_PRINCIPAL",
    "wait calls of one machine, person or service",
    whole(1),
  ),
  maxMessagesPerMinute: cap(
    "maxMessagesPerMinute",
    "MAX_MESSAGES_PER_MINUTE",
    "messages a minute of one machine, person or service; 0 is no limit",
    whole(0),
  ),
  maxBytesPerMinute: cap(
    "maxBytesPerMinute",
    "MAX_BYTES_PER_MINUTE",
    "bytes of messages a minute of one machine, person or service; 0 is no limit",
    whole(0),
  ),
  maxSessions: cap("maxSessions", "MAX_SESSIONS", "MCP sessions over HTTP+SSE", whole(1)),
  maxChannels: cap("maxChannels", "MAX_CHANNELS", "channels with messages", whole(1)),
  maxRequestBytes: cap("maxRequestBytes", "MAX_REQUEST_BYTES", "bytes of a request", whole(1024)),
  maxMessageBytes: cap("maxMessageBytes", "MAX_MESSAGE_BYTES", "bytes of a message", whole(1, maxContentBytes)),
} satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as readonly SettingName[];

/** The setting's name in the configuration file, spelt as all JSON of the bridge; undefined when it has none there. */
export function fileKey(name: SettingName): string | undefined {
  const { isPerStart }: Setting<unknown> = settings[name];
  return isPerStart ? undefined : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The value of each setting; undefined where it was not set and has no default. */
export type Values = {
  readonly [Name in SettingName]: (typeof settings)[Name] extends Setting<infer T> ? T : never;
};

function setting<T>(row: Setting<T>): Setting<T> {
  return row;
}

/** What a command that asks a bridge is told, each time. */
function ofCommands<T>(row: Omit<Setting<T>, "group" | "fallback">): Setting<T | undefined> {
  return { ...row, group: "Client", fallback: undefined, isPerStart: true };
}

/** A limit has no flag: it belongs to the deployment, and is read again while the bridge runs. */
function cap(name: keyof Caps, variable: string, help: string, kind: Kind<number>): Setting<number> {
  return { env: `CLAUDE_BRIDGE_${variable}`, group: "Limits", help, kind, fallback: defaultCaps[name] };
}
