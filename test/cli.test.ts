import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanUp, runCli, startRelayProcess, temporaryFolder } from "./support/cli.ts";
import { post } from "./support/face.ts";
import { certificate, privateKey } from "./support/tls.ts";

let cwd: string;
beforeEach(() => {
  cwd = temporaryFolder();
});
afterEach(cleanUp);

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status;
const limitsOf = async (url: string) =>
  ((await (await fetch(`${url}/api/state`)).json()) as { limits: Record<string, number> }).limits;

describe("flags and variables", () => {
  it("protect the bridge with --auth-token", async () => {
    const { url } = await startRelayProcess(["--auth-token", "s3cret"], { cwd });
    expect(await statusOf(`${url}/api/state`)).toBe(401);
    expect(await statusOf(`${url}/api/state`, bearer("s3cret"))).toBe(200);
  });

  it("protect the bridge with --auth-token-file, before the variable", async () => {
    writeFileSync(join(cwd, "token"), "from-file\n");
    const env = { CLAUDE_BRIDGE_AUTH_TOKEN: "from-env" };
    const { url } = await startRelayProcess(["--auth-token-file", "token"], { cwd, env });
    expect(await statusOf(`${url}/api/state`, bearer("from-env"))).toBe(401);
    expect(await statusOf(`${url}/api/state`, bearer("from-file"))).toBe(200);
  });

  it("protect the bridge with CLAUDE_BRIDGE_AUTH_TOKEN", async () => {
    const { url } = await startRelayProcess([], { cwd, env: { CLAUDE_BRIDGE_AUTH_TOKEN: "from-env" } });
    expect(await statusOf(`${url}/api/state`)).toBe(401);
    expect(await statusOf(`${url}/api/state`, bearer("from-env"))).toBe(200);
  });

  it("choose the database with --db", async () => {
    const { url, facts } = await startRelayProcess(["--db", "other.db"], { cwd });
    await post(`${url}/api/send`, { channel: "a:b", sender: "test", content: "hello" });
    expect(facts.db).toBe(join(cwd, "other.db"));
    expect(existsSync(facts.db)).toBe(true);
    expect(existsSync(join(cwd, "claude-bridge.db"))).toBe(false);
  });

  it("leave the dashboard out with --no-dashboard", async () => {
    const [off, on] = await Promise.all([
      startRelayProcess(["--no-dashboard"], { cwd }),
      startRelayProcess(["--db", "on.db"], { cwd }),
    ]);
    expect([await statusOf(`${off.url}/`), off.facts.urls.dashboard]).toEqual([404, undefined]);
    expect([await statusOf(`${on.url}/`), on.facts.urls.dashboard]).toEqual([200, `${on.facts.urls.dashboard}`]);
  });

  it("let listed origins in with --cors-origin", async () => {
    const { url } = await startRelayProcess(
      ["--cors-origin", "https://a.example", "--cors-origin", "https://b.example"],
      { cwd },
    );
    const answer = (origin: string) => fetch(`${url}/status`, { headers: { origin } });
    expect((await answer("https://b.example")).headers.get("access-control-allow-origin")).toBe("https://b.example");
    expect((await answer("https://c.example")).status).toBe(403);
  });

  it("answer to listed hosts with --trusted-host", async () => {
    const { url } = await startRelayProcess(["--trusted-host", "*.example.org"], { cwd });
    expect(await statusWithHost(url, "bridge.example.org")).toBe(200);
    expect(await statusWithHost(url, "example.com")).toBe(400);
  });

  it("set limits and retention with variables", async () => {
    const env = { CLAUDE_BRIDGE_MAX_SSE: "7", CLAUDE_BRIDGE_RETENTION_DAYS: "2.5" };
    const { url } = await startRelayProcess([], { cwd, env });
    const state = (await (await fetch(`${url}/api/state`)).json()) as Record<string, unknown>;
    expect(state).toMatchObject({ retention_days: 2.5, limits: { max_streams: 7, max_streams_per_channel: 25 } });
  });

  it("serve https with --tls-cert and --tls-key", async () => {
    writeFileSync(join(cwd, "cert.pem"), certificate);
    writeFileSync(join(cwd, "key.pem"), privateKey);
    const { facts } = await startRelayProcess(["--tls-cert", "cert.pem", "--tls-key", "key.pem"], { cwd });
    expect(facts.urls.status).toBe(`https://localhost:${facts.port}/status`);
  });

  it("come from the file of --config too, whose paths start beside it", async () => {
    writeFileSync(join(cwd, "bridge.json"), JSON.stringify({ db: "from-file.db", max_waits: 3 }));
    const { url, facts } = await startRelayProcess(["--config", "bridge.json"], { cwd });
    expect(facts.db).toBe(join(cwd, "from-file.db"));
    expect((await limitsOf(url))["max_waits"]).toBe(3);
  });
});

function statusWithHost(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(`${url}/status`, { headers: { host } }, (response) => resolve(response.resume().statusCode ?? 0)).on(
      "error",
      reject,
    );
  });
}

describe("mistakes", () => {
  it.each([
    [["--port", "70000"], {}, /^error: --port must be a whole number from 0 to 65535, not "70000"\n$/],
    [["--port"], {}, /^error: option '--port <number>' argument missing\n$/],
    [["--prot", "1"], {}, /^error: unknown option '--prot' \(Did you mean --port\?\)\n$/],
    [["strat"], {}, /^error: unknown command 'strat'; see claude-bridge --help\n$/],
    [["import"], {}, /^error: missing required argument 'file'\n$/],
    [["--auth-token", ""], {}, /^error: --auth-token must be .+ not empty\n$/],
    [[], { CLAUDE_BRIDGE_AUTH_TOKEN: "" }, /^error: CLAUDE_BRIDGE_AUTH_TOKEN must be .+ not empty\n$/],
    [["--auth-token-file", "empty"], {}, /^error: --auth-token-file: \S+\/empty is empty, and must hold a token\n$/],
    [["--auth-token-file", "absent"], {}, /^error: could not read --auth-token-file: ENOENT.+\n$/],
    [["--tls-cert", "empty"], {}, /^error: --tls-cert needs --tls-key.+\n$/],
    [["--tls-cert", "absent", "--tls-key", "empty"], {}, /^error: could not read --tls-cert: ENOENT.+\n$/],
    [["--tls-cert", "text", "--tls-key", "text"], {}, /^error: --tls-cert and --tls-key must be .+\n$/],
    [["--tls-cert", "empty", "--tls-key", "empty"], {}, /^error: --tls-cert and --tls-key must be .+\n$/],
    [["--tls", "yes"], {}, /^error: --tls must be one of self-signed, not "yes"\n$/],
    [["--trusted-proxy", "nginx"], {}, /^error: --trusted-proxy must be IP addresses or ranges .+, not "nginx"\n$/],
    [["--config", "absent"], {}, /^error: could not read --config .+\n$/],
    [["--config", "text"], {}, /^error: --config \(\S+\) must be a JSON object.+\n$/],
    [[], { CLAUDE_BRIDGE_NO_DASHBOARD: "maybe" }, /^error: CLAUDE_BRIDGE_NO_DASHBOARD must be one of 1, true.+\n$/],
    [["mcp"], { CLAUDE_BRIDGE_MAX_WAITS: "0" }, /^error: CLAUDE_BRIDGE_MAX_WAITS must be .+\n$/],
  ])("%j with %j are answered in one line and exit code 2", async (args, env, message) => {
    writeFileSync(join(cwd, "empty"), "\n");
    writeFileSync(join(cwd, "text"), "no JSON, no PEM");
    const { code, stdout, stderr } = await runCli(args, { cwd, env });
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
  });

  it("that only became known while starting have exit code 1", async () => {
    writeFileSync(join(cwd, "claude-bridge.db"), "this is no database at all, but long enough to be one", {
      mode: 0o600,
    });
    const { code, stderr } = await runCli(["--port", "0"], { cwd });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: .+ is not a SQLite database.+\n$/)]);
  });
});

describe("the program", () => {
  it("says its version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    const answer = { code: 0, stdout: `claude-bridge ${version}\n`, stderr: "" };
    expect(await runCli(["--version"], { cwd })).toEqual(answer);
    expect(await runCli(["serve", "--db", "x", "--version"], { cwd })).toMatchObject({ code: 2 });
    expect(await runCli(["--db", "x", "--version"], { cwd })).toEqual(answer);
  });

  it("prints help with every flag", async () => {
    const { code, stdout } = await runCli(["--help"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/Network:[^]*--host[^]*Access:[^]*--auth-token[^]*Storage:[^]*Variables[^]*Example/);
  });

  it.each(["v20.19.0", "v22.12.0", "v8.17.0"])("tells Node %s which one it needs", async (version) => {
    const pretend = `Object.defineProperty(process,"version",{value:"${version}"})`;
    const node = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
    const { code, stdout, stderr } = await runCli(["--version"], { cwd, node });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      `claude-bridge needs Node 22.13 or newer; this is Node ${version}.\n` +
        "Get one: `nvm install 24`, or just for this `npx -p node@24 -p claude-bridge claude-bridge`, or https://nodejs.org\n",
    );
  });

  it("imports another database, once", async () => {
    const from = await startRelayProcess(["--db", "from.db"], { cwd });
    await post(`${from.url}/api/send`, { channel: "a:b", sender: "test", content: "hello" });
    from.kill("SIGTERM");
    await from.exit;
    const into = join(cwd, "claude-bridge.db");
    expect(await runCli(["import", "from.db"], { cwd })).toEqual({
      code: 0,
      stdout: `Imported 1 message into ${into}\n`,
      stderr: "",
    });
    expect((await runCli(["import", "from.db"], { cwd })).stdout).toBe(
      `Imported 0 messages into ${into}; 1 was there already\n`,
    );
    expect(await runCli(["import", "absent.db"], { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: .*absent\.db.*\n$/),
    });
  });
});
