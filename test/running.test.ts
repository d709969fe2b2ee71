import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cleanUp, runCli, startCli, startRelayProcess, temporaryFolder } from "./support/cli.ts";

let cwd: string;
beforeEach(() => {
  cwd = temporaryFolder();
});
afterEach(cleanUp);

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status;
const limitsOf = async (url: string) =>
  ((await (await fetch(`${url}/api/state`)).json()) as { limits: Record<string, number> }).limits;

describe("the banner", () => {
  it("has only URLs that answer, and what to paste", async () => {
    const cli = startCli(["--port", "0", "--auth-token", "s3cret", "--retention-days", "7"], { cwd });
    await cli.printed(/━{50}\n[^]*━{50}\n$/);
    const banner = cli.stdout();
    const urls = [...banner.matchAll(/^ {2}(http\S+) +← (.+)$/gm)];
    expect(urls.map(([, , purpose]) => purpose)).toEqual([
      "Dashboard",
      "Local MCP config",
      "Local MCP config (SSE)",
      "State as JSON",
      "Health check",
    ]);
    const answers = await Promise.all(urls.map(([, url]) => fetch(url ?? "", bearer("s3cret"))));
    expect(answers.map(({ status }) => status)).not.toContain(404);
    for (const { body } of answers) await body?.cancel();

    expect(banner).toContain(`\n  DB: ${join(cwd, "claude-bridge.db")} (0 messages)\n`);
    expect(banner).toContain("\n  Auth: Bearer token required (from --auth-token)\n");
    expect(banner).toContain("\n  Retention: messages are deleted after 7 days\n");
    expect(banner).toMatch(
      /^ +claude mcp add --transport http -s user claude-bridge http:\/\/localhost:\d+\/mcp --header "Authorization: Bearer \$CLAUDE_BRIDGE_AUTH_TOKEN"$/m,
    );
    expect(banner + cli.stderr()).not.toContain("s3cret");
  });

  it("is one line of JSON with --json", async () => {
    const { stdout, facts } = await startRelayProcess([], { cwd });
    expect(stdout().split("\n")).toHaveLength(2);
    expect(facts).toMatchObject({ v: 1, service: "claude-bridge", messages: 0, auth: { required: false } });
    expect(facts.connect.http).toBe(`claude mcp add --transport http -s user claude-bridge ${facts.urls.mcp}`);
  });

  it("comes with a warning for each setting that does nothing any more", async () => {
    const { stderr } = await startRelayProcess([], { cwd, env: { CLAUDE_BRIDGE_EVENT_POLL_MS: "500" } });
    expect(stderr()).toBe("warning: CLAUDE_BRIDGE_EVENT_POLL_MS is not used: events need no polling\n");
  });
});

describe("a port that is taken", () => {
  it("by another program is an error when it was chosen", async () => {
    const other = createServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\nhello")).listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await runCli(["--port", String(port)], { cwd });
    other.close();
    expect([code, stderr]).toEqual([1, `error: port ${port} is already in use; choose another with --port\n`]);
  });

  it("by a bridge is an error that says so when it was chosen", async () => {
    const { facts } = await startRelayProcess([], { cwd });
    const { code, stderr } = await runCli(["--port", String(facts.port), "--db", "second.db"], { cwd });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: port \d+ is already in use by claude-bridge \d+\.\d+\.\d+ at http:.+\n$/),
    ]);
  });
});

describe("signals", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("%s ends streams and waits, and exits with 0", async (signal) => {
    const { url, kill, exit, stderr } = await startRelayProcess([], { cwd });
    const stream = await fetch(`${url}/events/channel/a:b`);
    const wait = fetch(`${url}/api/wait?channel=a:b&consumer_id=test&timeout_seconds=50`);
    await vi.waitUntil(async () => {
      const state = (await (await fetch(`${url}/api/state`)).json()) as Record<string, unknown>;
      return state["open_waits"] === 1 && state["sse_subscribers"] === 1;
    });
    const before = performance.now();
    kill(signal);
    expect(await exit).toBe(0);
    expect(performance.now() - before).toBeLessThan(5000);
    await Promise.allSettled([stream.text(), wait]);
    expect(stderr()).toBe("");
  });

  it("a second one ends it at once", async () => {
    const { url, facts, kill, exit } = await startRelayProcess([], { cwd });
    const unfinished = connect(facts.port, "127.0.0.1").on("error", () => undefined);
    unfinished.write("POST /api/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n");
    unfinished.write("Content-Type: application/json\r\n\r\n{");
    await once(unfinished, "connect");
    await fetch(`${url}/status`);
    kill("SIGTERM");
    await vi.waitUntil(() =>
      fetch(`${url}/status`).then(
        () => false,
        () => true,
      ),
    );
    kill("SIGTERM");
    expect(await exit).toBe(143);
    unfinished.destroy();
  });

  it("SIGHUP puts the limits of the configuration file in force", async () => {
    const path = join(cwd, "bridge.json");
    writeFileSync(path, JSON.stringify({ max_waits: 3 }));
    const { url, kill } = await startRelayProcess(["--config", path], { cwd });
    expect((await limitsOf(url))["max_waits"]).toBe(3);
    writeFileSync(path, JSON.stringify({ max_waits: 4 }));
    kill("SIGHUP");
    await vi.waitUntil(async () => (await limitsOf(url))["max_waits"] === 4);
  });

  it("SIGHUP keeps the limits when the configuration file is broken, and logs why", async () => {
    const path = join(cwd, "bridge.json");
    writeFileSync(path, JSON.stringify({ max_waits: 3 }));
    const { url, kill, stderr } = await startRelayProcess(["--config", path], { cwd });
    writeFileSync(path, JSON.stringify({ max_waits: 0 }));
    kill("SIGHUP");
    await vi.waitUntil(() => stderr().includes("limits not read again"));
    expect(JSON.parse(stderr())).toMatchObject({ reason: expect.stringContaining('"max_waits" in') });
    expect((await limitsOf(url))["max_waits"]).toBe(3);
  });
});

describe("the first start beyond loopback", () => {
  const host = ["--host", "0.0.0.0"];

  it("makes a token, shows it once, and asks for it from then on", async () => {
    const first = await startRelayProcess(host, { cwd });
    const path = `${first.facts.db}.token`;
    const token = readFileSync(path, "utf8").trim();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(first.facts.connect.http).toMatch(new RegExp(`--header "Authorization: Bearer ${token}"$`));
    expect(await statusOf(`${first.url}/api/state`)).toBe(401);
    expect(await statusOf(`${first.url}/api/state`, bearer(token))).toBe(200);
    first.kill("SIGTERM");
    await first.exit;

    const second = await startRelayProcess(host, { cwd });
    expect(second.stdout()).not.toContain(token);
    expect(second.facts.connect.http).toMatch(/--header "Authorization: Bearer \$\(cat \S+\.token\)"$/);
    expect(await statusOf(`${second.url}/api/state`)).toBe(401);
    expect(await statusOf(`${second.url}/api/state`, bearer(token))).toBe(200);
  });

  it("is open only when that was asked for, with a warning each time", async () => {
    const { url, facts, stderr } = await startRelayProcess([...host, "--allow-unauthenticated-network"], { cwd });
    expect(await statusOf(`${url}/api/state`)).toBe(200);
    expect(existsSync(`${facts.db}.token`)).toBe(false);
    expect(stderr()).toMatch(/^warning: no token is asked for: whoever can reach .+ can read, send and clear.+\n$/);
  });
});

describe.each([["--stdio"], ["mcp"]])("claude-bridge %s", (command) => {
  const ask = (id: number, method: string, params: object) =>
    `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;
  const initialize = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "0" } };
  const call = { name: "bridge_send", arguments: { channel: "a:b", sender: "test", content: "hello" } };

  it("prints nothing but JSON-RPC, and ends with its input", async () => {
    const cli = startCli([command], { cwd, env: { CLAUDE_BRIDGE_LOG_LEVEL: "trace" } });
    cli.write(ask(1, "initialize", initialize));
    await cli.printed(/"id":1[,}]/);
    cli.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
    cli.write(ask(2, "tools/call", call));
    await cli.printed(/"id":2[,}]/);
    cli.endInput();
    expect(await cli.exit).toBe(0);
    const lines = cli.stdout().trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { jsonrpc: string }).jsonrpc)).toEqual(["2.0", "2.0"]);
    expect(existsSync(join(cwd, "claude-bridge.db"))).toBe(true);
  });

  it("ends with SIGTERM", async () => {
    const cli = startCli([command], { cwd });
    cli.write(ask(1, "initialize", initialize));
    await cli.printed(/"id":1[,}]/);
    cli.kill("SIGTERM");
    expect(await cli.exit).toBe(0);
  });
});
