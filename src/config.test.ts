import { describe, expect, it } from "vitest";
import { settingReference } from "./config/reference.ts";
import { settingNames } from "./config/settings.ts";
import { type Config, ConfigError, readConfig, type Sources } from "./config.ts";
import { defaultCaps } from "./core/limits.ts";

const base: Sources = { flags: {}, env: {}, cwd: "/srv", homeDir: "/home/ada" };
const file = (content: Record<string, unknown>) => ({ path: "/etc/bridge/config.json", content });
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const config = (sources: Partial<Sources>) => readConfig({ ...base, ...sources });

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "not refused";
}

describe("the defaults", () => {
  it("are those of the contract", () => {
    expect(config({})).toEqual({
      host: "127.0.0.1",
      port: 8765,
      isHostChosen: false,
      isPortChosen: false,
      db: "/srv/claude-bridge.db",
      hasDashboard: true,
      isStdio: false,
      isJson: false,
      token: undefined,
      allowUnauthenticatedNetwork: false,
      trustedHosts: [],
      trustedProxies: [],
      corsOrigins: [],
      tls: undefined,
      secretScan: "warn",
      retentionDays: 0,
      retentionSweepSeconds: 3600,
      auditsMessages: false,
      auditRetentionDays: 90,
      logLevel: "warn",
      caps: defaultCaps,
      client: expect.anything(),
      terminal: { colours: "16", isDumb: false, editor: "vi" },
      session: { project: "/srv", isAtTerminal: false, inbox: undefined },
      warnings: [],
    });
  });
});

interface Row {
  readonly key: string;
  readonly flag?: string | boolean | readonly string[];
  readonly env: readonly [name: string, value: string];
  readonly inFile: unknown;
  readonly read: (config: Config) => unknown;
  readonly values: { readonly flag?: unknown; readonly env: unknown; readonly file: unknown };
}

const rows: readonly Row[] = [
  {
    key: "host",
    flag: "::1",
    env: ["CLAUDE_BRIDGE_HOST", "0.0.0.0"],
    inFile: "box.local",
    read: ({ host }) => host,
    values: { flag: "::1", env: "0.0.0.0", file: "box.local" },
  },
  {
    key: "port",
    flag: "1",
    env: ["CLAUDE_BRIDGE_PORT", "2"],
    inFile: 3,
    read: ({ port, isPortChosen }) => [port, isPortChosen],
    values: { flag: [1, true], env: [2, true], file: [3, true] },
  },
  {
    key: "db",
    flag: "flag.db",
    env: ["CLAUDE_BRIDGE_DB", "~/env.db"],
    inFile: "file.db",
    read: ({ db }) => db,
    values: { flag: "/srv/flag.db", env: "/home/ada/env.db", file: "/etc/bridge/file.db" },
  },
  {
    key: "noDashboard",
    flag: true,
    env: ["CLAUDE_BRIDGE_NO_DASHBOARD", "Off"],
    inFile: true,
    read: ({ hasDashboard }) => hasDashboard,
    values: { flag: false, env: true, file: false },
  },
  {
    key: "allowUnauthenticatedNetwork",
    flag: true,
    env: ["CLAUDE_BRIDGE_ALLOW_UNAUTHENTICATED_NETWORK", "no"],
    inFile: true,
    read: ({ allowUnauthenticatedNetwork }) => allowUnauthenticatedNetwork,
    values: { flag: true, env: false, file: true },
  },
  {
    key: "trustedHosts",
    flag: ["A.example", "*.b.example"],
    env: ["CLAUDE_BRIDGE_TRUSTED_HOSTS", "c.example, 10.0.0.1"],
    inFile: ["[fd00::1]"],
    read: ({ trustedHosts }) => trustedHosts,
    values: { flag: ["a.example", "*.b.example"], env: ["c.example", "10.0.0.1"], file: ["fd00::1"] },
  },
  {
    key: "trustedProxies",
    flag: ["10.0.0.0/8", "[fd00::1]"],
    env: ["CLAUDE_BRIDGE_TRUSTED_PROXIES", "127.0.0.1, fd00::/8"],
    inFile: ["::1"],
    read: ({ trustedProxies }) => trustedProxies,
    values: { flag: ["10.0.0.0/8", "fd00::1"], env: ["127.0.0.1", "fd00::/8"], file: ["::1"] },
  },
  {
    key: "corsOrigins",
    flag: ["https://a.example/"],
    env: ["CLAUDE_BRIDGE_CORS_ORIGIN", "http://localhost:3000,https://b.example"],
    inFile: [],
    read: ({ corsOrigins }) => corsOrigins,
    values: { flag: ["https://a.example"], env: ["http://localhost:3000", "https://b.example"], file: [] },
  },
  {
    key: "retentionDays",
    flag: "0.5",
    env: ["CLAUDE_BRIDGE_RETENTION_DAYS", "7"],
    inFile: 30,
    read: ({ retentionDays }) => retentionDays,
    values: { flag: 0.5, env: 7, file: 30 },
  },
  {
    key: "retentionSweepSeconds",
    env: ["CLAUDE_BRIDGE_RETENTION_SWEEP_SECONDS", "10"],
    inFile: 60,
    read: ({ retentionSweepSeconds }) => retentionSweepSeconds,
    values: { env: 10, file: 60 },
  },
  {
    key: "logLevel",
    flag: "debug",
    env: ["CLAUDE_BRIDGE_LOG_LEVEL", "info"],
    inFile: "silent",
    read: ({ logLevel }) => logLevel,
    values: { flag: "debug", env: "info", file: "silent" },
  },
  {
    key: "secretScan",
    flag: "off",
    env: ["CLAUDE_BRIDGE_SECRET_SCAN", "refuse"],
    inFile: "warn",
    read: ({ secretScan }) => secretScan,
    values: { flag: "off", env: "refuse", file: "warn" },
  },
  ...(
    [
      ["maxStreams", "MAX_SSE"],
      ["maxStreamsPerChannel", "MAX_SSE_PER_CHANNEL"],
      ["streamReplayLimit", "SSE_REPLAY_LIMIT"],
      ["maxWaits", "MAX_WAITS"],
      ["maxSessions", "MAX_SESSIONS"],
      ["maxChannels", "MAX_CHANNELS"],
      ["maxRequestBytes", "MAX_REQUEST_BYTES"],
      ["maxMessageBytes", "MAX_MESSAGE_BYTES"],
    ] as const
  ).map(([key, variable]): Row => ({
    key,
    env: [`CLAUDE_BRIDGE_${variable}`, "2048"],
    inFile: 4096,
    read: ({ caps }) => caps[key],
    values: { env: 2048, file: 4096 },
  })),
];

it.each(rows.filter(({ flag }) => flag !== undefined))(
  "$key is the flag's before all others",
  ({ key, flag, env: [variable, value], inFile, read, values }) => {
    const flags = { [key]: flag ?? "" };
    expect(read(config({ flags, env: { [variable]: value }, file: file({ [snake(key)]: inFile }) }))).toEqual(
      values.flag,
    );
  },
);

describe.each(rows)("$key", ({ key, env: [variable, value], inFile, read, values }) => {
  const sources = { env: { [variable]: value }, file: file({ [snake(key)]: inFile }) };

  it("is the variable's before the file's", () => {
    expect(read(config(sources))).toEqual(values.env);
  });

  it("is the file's before the default", () => {
    expect(read(config({ file: sources.file }))).toEqual(values.file);
  });
});

const notPorts = ["1e3", "", "abc", "-1", "70000", "1.5", " 80", "0x50", "99999999999"];
const notWhole = ["1e3", "", "abc", "-1", "1.5", "99999999999"];
const words = ["maybe", "", "2", "oui"];

const refused: readonly (readonly [name: string, key: string, values: readonly string[]])[] = [
  ["CLAUDE_BRIDGE_PORT", "port", notPorts],
  ["CLAUDE_BRIDGE_HOST", "host", ["", "a b", "http://a", "1.2.3", "a:80", "*"]],
  ["CLAUDE_BRIDGE_DB", "db", [""]],
  ["CLAUDE_BRIDGE_TLS", "tls", ["", "on", "self-signed "]],
  ["CLAUDE_BRIDGE_TLS_CERT", "tlsCert", [""]],
  ["CLAUDE_BRIDGE_NO_DASHBOARD", "noDashboard", words],
  ["CLAUDE_BRIDGE_ALLOW_UNAUTHENTICATED_NETWORK", "allowUnauthenticatedNetwork", words],
  ["CLAUDE_BRIDGE_TRUSTED_HOSTS", "trustedHosts", ["*", "a:80", "http://a", "a,b c"]],
  [
    "CLAUDE_BRIDGE_TRUSTED_PROXIES",
    "trustedProxies",
    ["*", "proxy", "10.0.0.0/0", "10.0.0.0/33", "::/129", "10.0.0.0/8/8", "10.0.0.1:80", "10.0.0.0/", "/8"],
  ],
  ["CLAUDE_BRIDGE_CORS_ORIGIN", "corsOrigins", ["*", "null", "a.example", "https://a.example/x", "ftp://a.example"]],
  ["CLAUDE_BRIDGE_RETENTION_DAYS", "retentionDays", ["-1", "", "abc", "1e3", "1.", ".5", "Infinity"]],
  ["CLAUDE_BRIDGE_RETENTION_SWEEP_SECONDS", "retentionSweepSeconds", ["9", "2000001", ...notWhole]],
  ["CLAUDE_BRIDGE_LOG_LEVEL", "logLevel", ["", "loud", "INFO"]],
  ["CLAUDE_BRIDGE_SECRET_SCAN", "secretScan", ["", "on", "WARN", "true"]],
  ["CLAUDE_BRIDGE_MAX_SSE", "maxStreams", ["0", ...notWhole]],
  ["CLAUDE_BRIDGE_MAX_SSE_PER_CHANNEL", "maxStreamsPerChannel", ["0", ...notWhole]],
  ["CLAUDE_BRIDGE_SSE_REPLAY_LIMIT", "streamReplayLimit", ["0", "10001", ...notWhole]],
  ["CLAUDE_BRIDGE_MAX_WAITS", "maxWaits", ["0", ...notWhole]],
  ["CLAUDE_BRIDGE_MAX_SESSIONS", "maxSessions", ["0", ...notWhole]],
  ["CLAUDE_BRIDGE_MAX_CHANNELS", "maxChannels", ["0", ...notWhole]],
  ["CLAUDE_BRIDGE_MAX_REQUEST_BYTES", "maxRequestBytes", ["1023", ...notWhole]],
  ["CLAUDE_BRIDGE_MAX_MESSAGE_BYTES", "maxMessageBytes", ["0", "131073", ...notWhole]],
];

describe.each(refused)("%s", (variable, key, values) => {
  it.each(values)("is not %j", (value) => {
    const message = refusal(() => config({ env: { [variable]: value } }));
    expect(message).toMatch(new RegExp(`^${variable} must be .+, not "`));
    expect(message).not.toContain("\n");
  });

  it("is named by its key when the file has it wrong", () => {
    const message = refusal(() => config({ file: file({ [snake(key)]: {} }) }));
    expect(message).toMatch(new RegExp(`^"${snake(key)}" in /etc/bridge/config.json must be .+, not \\{\\}$`));
  });
});

describe("a refusal", () => {
  it("names the flag, what was given and what is allowed", () => {
    expect(refusal(() => config({ flags: { port: "70000" } }))).toBe(
      '--port must be a whole number from 0 to 65535, not "70000"',
    );
  });

  it("does not look at what a flag overrides", () => {
    expect(config({ flags: { port: "1" }, env: { CLAUDE_BRIDGE_PORT: "abc" } }).port).toBe(1);
  });

  it("is given for JSON of another type than the setting's", () => {
    expect(refusal(() => config({ file: file({ port: "1" }) }))).toContain('not "1"');
    expect(refusal(() => config({ file: file({ no_dashboard: 1 }) }))).toContain("not 1");
    expect(refusal(() => config({ file: file({ trusted_hosts: "a" }) }))).toContain('not "a"');
    expect(refusal(() => config({ file: file({ host: ["a"] }) }))).toContain('not ["a"]');
  });

  it("is given for a key that is no setting, with those that are", () => {
    const message = refusal(() => config({ file: file({ prot: 1 }) }));
    expect(message).toMatch(/^"prot" in \/etc\/bridge\/config.json is no setting; allowed are host, port, /);
    expect(refusal(() => config({ file: file({ json: true }) }))).toContain('"json"');
  });
});

describe("settings of 1.2.0 that have no use any more", () => {
  it.each([
    ["CLAUDE_BRIDGE_EVENT_POLL_MS", "events need no polling"],
    ["CLAUDE_BRIDGE_EVENT_RETENTION_DAYS", "events are the messages themselves"],
    ["CLAUDE_BRIDGE_STATELESS_HTTP", "MCP over HTTP is always stateless"],
    ["CLAUDE_BRIDGE_SESSION_TTL_SECONDS", "no login sessions are kept"],
  ])("%s is accepted with one line that says why", (variable, why) => {
    const { warnings } = config({ env: { [variable]: "anything" } });
    expect(warnings).toEqual([expect.stringContaining(`${variable} is not used: ${why}`)]);
  });
});

describe("the reference", () => {
  it("knows every setting by a flag or a variable, and what it does", () => {
    const references = settingNames.map(settingReference);
    expect(references.filter(({ flag, env }) => flag === undefined && env === undefined)).toEqual([]);
    expect(references.filter(({ text }) => text.length < 10)).toEqual([]);
    expect(references.filter(({ key }) => key === undefined).map(({ flag, env }) => flag ?? env)).toEqual([
      "--stdio",
      "--config <file>",
      "--json",
      "--url <url>",
      "--bridge <name>",
      "CLAUDE_BRIDGE_TOKEN",
      "CLAUDE_BRIDGE_TOKEN_FILE",
      "--as <name>",
    ]);
  });
});
