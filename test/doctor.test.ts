import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeHome, bridgeHome, credentialFile, headersOf, type Invited, pair } from "./support/bridge-home.ts";
import { cleanUp, runCli, temporaryFolder } from "./support/cli.ts";
import { post } from "./support/face.ts";

interface Finding {
  readonly check: string;
  readonly level: string;
  readonly text: string;
  readonly fix?: string;
}

interface Report {
  readonly ok: number;
  readonly warnings: number;
  readonly failures: number;
  readonly fixed: number;
  readonly findings: readonly Finding[];
}

let mac: BridgeHome;
let win: BridgeHome;
beforeEach(() => {
  mac = bridgeHome();
  win = bridgeHome();
});
afterEach(cleanUp);

/** What doctor says as JSON, whatever its exit code. */
async function examine(home: BridgeHome, ...args: readonly string[]) {
  const { code, stdout, stderr } = await home.run("doctor", "--json", ...args);
  expect(stderr).toBe("");
  const report = JSON.parse(stdout) as Report;
  const of = (check: string) => report.findings.filter((finding) => finding.check === check);
  return { code, report, of };
}

const announcement = ({ folder }: BridgeHome) => join(folder, "claude-bridge.db.relay.json");
const hasModes = process.platform !== "win32";

describe("doctor, of the relay", () => {
  it("says that it runs, how fast it answers, and where", async () => {
    const { url } = await mac.startRelay();
    const { code, report, of } = await examine(mac);
    expect([code, report.failures]).toEqual([0, 0]);
    expect(of("relay")).toEqual([
      expect.objectContaining({
        level: "ok",
        text: expect.stringMatching(/^the relay .+ runs \(pid \d+\), up .+ ms\)$/),
      }),
      { check: "relay", level: "ok", text: "it listens for this machine only" },
    ]);
    expect(of("relay")[0]?.text).toContain(new URL(url).port);
    expect(of("node")[0]?.text).toContain(`Node ${process.versions.node}`);
  });

  it("warns when none runs, and of a file that one has left, which --fix removes", async () => {
    const relay = await mac.startRelay();
    const left = readFileSync(announcement(mac));
    relay.kill("SIGTERM");
    await relay.exit;
    expect((await examine(mac)).of("relay")).toMatchObject([{ level: "warn", fix: "claude-bridge up" }]);
    writeFileSync(announcement(mac), left, { mode: 0o600 });
    expect((await examine(mac)).of("relay")).toMatchObject([
      { level: "warn", text: expect.stringMatching(/was killed/) },
    ]);
    expect(existsSync(announcement(mac))).toBe(true);
    const { code, report, of } = await examine(mac, "--fix");
    expect([code, report.fixed]).toEqual([0, 1]);
    expect(of("relay")).toMatchObject([{ level: "fixed" }]);
    expect(existsSync(announcement(mac))).toBe(false);
  });

  it("warns when this machine has lost an address that others use", async () => {
    await mac.startRelay();
    const announced = JSON.parse(readFileSync(announcement(mac), "utf8")) as object;
    writeFileSync(announcement(mac), JSON.stringify({ ...announced, remote: ["http://127.0.0.1:9"] }));
    expect((await examine(mac)).of("relay")[1]).toMatchObject({
      level: "warn",
      text: "it does not answer at http://127.0.0.1:9 any more, where other machines look for it",
    });
  });
});

describe("doctor, of a machine that has joined", () => {
  it("needs no database, and finds bridge, credential and clock in order", async () => {
    await mac.startRelay();
    await pair(mac, win, { name: "win" });
    const { code, of } = await examine(win);
    expect(code).toBe(0);
    expect(of("database")).toMatchObject([{ level: "ok", text: expect.stringContaining("none is needed") }]);
    expect(of("joined")).toMatchObject([
      { level: "ok", text: expect.stringMatching(/ ms\), where this machine is win$/) },
      { level: "ok", text: expect.stringMatching(/^clocks of .+ are 0\.\d s apart$/) },
    ]);
    expect(await examine(win, "--db", "absent.db")).toMatchObject({ code: 1 });
  });

  it("has one cause and one fix for a bridge that is gone, and for one that cut it off", async () => {
    const relay = await mac.startRelay();
    await pair(mac, win, { name: "win" });
    await mac.run("revoke", "win");
    const cutOff = await examine(win);
    expect(cutOff.code).toBe(1);
    expect(cutOff.of("joined")).toMatchObject([
      { level: "fail", text: expect.stringMatching(/: .*revoked|unauthorized/) },
    ]);
    relay.kill("SIGTERM");
    await relay.exit;
    const gone = await examine(win);
    expect(gone.of("joined")).toMatchObject([
      {
        level: "fail",
        text: expect.stringMatching(/its port \d+ is closed$/),
        fix: expect.stringMatching(/^claude-bridge up/),
      },
    ]);
  });

  it("tells another certificate from a bridge that is away", async () => {
    await mac.startRelay("--tls", "self-signed");
    const [line = ""] = (await mac.ask<Invited>("invite")).commands;
    expect(await win.run(...line.split(" ").slice(2))).toMatchObject({ code: 0 });
    expect((await examine(win)).of("joined")[0]).toMatchObject({ level: "ok" });
    const bridges = readFileSync(credentialFile(win), "utf8");
    writeFileSync(
      credentialFile(win),
      bridges.replace(/"certificate": "\w{64}"/, `"certificate": "${"0".repeat(64)}"`),
    );
    expect((await examine(win)).of("joined")).toMatchObject([
      {
        level: "fail",
        text: expect.stringContaining("has another certificate"),
        fix: expect.stringContaining("join it again"),
      },
    ]);
  });

  it.runIf(hasModes)("fails on credentials that others can read, and --fix takes that right away", async () => {
    await mac.startRelay();
    await pair(mac, win, { name: "win" });
    chmodSync(credentialFile(win), 0o644);
    const found = await examine(win);
    expect(found.code).toBe(1);
    expect(found.of("credentials")).toMatchObject([{ level: "fail", fix: `chmod 600 '${credentialFile(win)}'` }]);
    expect((await win.run("doctor")).stdout).toMatch(/claude-bridge doctor --fix repairs 1 of them\n$/);
    expect((await examine(win, "--fix")).of("credentials")[0]).toMatchObject({ level: "fixed" });
    expect(statSync(credentialFile(win)).mode & 0o777).toBe(0o600);
    expect(await examine(win)).toMatchObject({ code: 0 });
  });

  it("fails on a credentials file that is broken", async () => {
    mkdirSync(join(win.folder, ".config/claude-bridge"), { recursive: true });
    writeFileSync(credentialFile(win), "{", { mode: 0o600 });
    expect((await examine(win)).of("credentials")[0]).toMatchObject({
      level: "fail",
      text: expect.stringMatching(/is broken/),
    });
  });

  it("shows the agents of this machine, and whether they can be woken", async () => {
    const { url } = await mac.startRelay();
    await pair(mac, win, { name: "win" });
    const headers = { ...(await headersOf(win)), "claude-bridge-agent": "reviewer" };
    expect((await post(`${url}/api/agents`, { doing: "idle", shim: "1.0.0" }, headers)).status).toBe(200);
    expect((await examine(win)).of("agents")).toEqual([
      expect.objectContaining({ level: "warn", text: "agent win/reviewer: by hand" }),
    ]);
  });
});

describe.runIf(hasModes)("doctor, of Claude Code", () => {
  /** A machine with a `claude` on its PATH that says this version. */
  function withClaude(files: Readonly<Record<string, object>>) {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "claude"), "#!/bin/sh\necho '2.1.330 (Claude Code)'\n", { mode: 0o755 });
    mkdirSync(join(cwd, ".claude"));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), JSON.stringify(content));
    return runCli(["doctor"], { cwd, env: { PATH: `${cwd}:/bin:/usr/bin` } });
  }

  it.each<[string, Readonly<Record<string, object>>, RegExp]>([
    [
      "its plugin",
      { ".claude/settings.json": { enabledPlugins: { "bridge@claude-bridge": true } } },
      /^ok {4}Claude Code 2\.1\.330, connected by the plugin bridge@claude-bridge$/m,
    ],
    [
      "an MCP server",
      { ".claude.json": { mcpServers: { "claude-bridge": {} } } },
      /^ok {4}Claude Code 2\.1\.330, connected by the MCP server claude-bridge$/m,
    ],
    ["nothing", {}, /^warn {2}Claude Code 2\.1\.330 is not connected/m],
    [
      "a plugin that is switched off",
      { ".claude/settings.json": { enabledPlugins: { "bridge@claude-bridge": false } } },
      /^warn {2}Claude Code 2\.1\.330 is not connected/m,
    ],
  ])("connected by %s", async (_way, files, expected) => {
    expect((await withClaude(files)).stdout).toMatch(expected);
  });

  it("says that it is not there", async () => {
    const cwd = temporaryFolder();
    const { stdout } = await runCli(["doctor"], { cwd, env: { PATH: cwd } });
    expect(stdout).toContain("warn  Claude Code is not on the PATH\n");
  });
});
