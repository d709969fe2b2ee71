import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findShim, watchShim } from "../src/shim/local/ask-shim.ts";
import type { RunningShim } from "../src/shim/local/run-folder.ts";
import { cleanUp, runCli, startCli, startRelayProcess, temporaryFolder } from "./support/cli.ts";
import { type Agent, shimTransport, startAgent } from "./support/shim.ts";
import { startShim } from "./support/stand-in-shim.ts";
import { closeTerminals, hasTmux, startAtTerminal } from "./support/terminal.ts";

let home: string;
let project: string;
let agent: Agent | undefined;
let session: AbortController;
beforeEach(() => {
  home = temporaryFolder();
  project = join(home, "payments");
  mkdirSync(project);
  session = new AbortController();
});
afterEach(async () => {
  session.abort();
  await agent?.close();
  agent = undefined;
  closeTerminals();
  await cleanUp();
});

const patience = { timeout: 10_000 };

const prove = (...args: readonly string[]) =>
  runCli(["doctor", "--prove", ...args], { cwd: home, env: { XDG_STATE_HOME: join(home, "state") } });
const standIn = (options: object = {}) =>
  startShim({ state: join(home, "state/claude-bridge"), project: "/work", ...options });

function shimHere(): RunningShim {
  const shim = findShim({ stateFolder: join(home, "state/claude-bridge"), project, ancestors: [] });
  if (shim === undefined) throw new Error("no shim is here");
  return shim;
}

/** Obeys the lines that a monitor of this session prints, as a model would. */
async function obey(obedient: Agent): Promise<readonly string[]> {
  const shim = shimHere();
  const nudges: string[] = [];
  const watch = async () => {
    for await (const nudge of watchShim(shim, "monitor", session.signal)) {
      nudges.push(nudge);
      await obedient.call("whoami");
    }
  };
  void watch();
  return nudges;
}

describe("claude-bridge doctor --prove", () => {
  it("proves the way that works, and then the bridge knows it", async () => {
    const { url } = await startRelayProcess([], { cwd: home });
    agent = await startAgent(shimTransport(home, ["--url", url], { cwd: project }));
    const known = async () => (await (await fetch(`${url}/api/agents`)).json()) as object;
    const nudges = await obey(agent);
    await expect.poll(known, patience).toMatchObject({ agents: [{ name: "payments", reach: "by hand" }] });
    const { code, stdout, stderr } = await prove();
    expect(stderr).toBe("This costs a turn of the agent for each way of waking it: payments. A way has 30 s.\n");
    expect(stdout).toMatch(
      /^ok {4}payments wakes by monitor \(\d+\.\d s\)\nok {4}agent payments: wakes by monitor\n2 ok, 0 warnings, 0 failures\n$/,
    );
    expect(code).toBe(0);
    expect(nudges).toEqual(["Probe of claude-bridge doctor: call bridge_whoami once, then go on. Way: monitor."]);
    expect(await known()).toMatchObject({ agents: [{ reach: "wakes", way: "monitor" }] });
  });

  it("ends a probe when nobody wants to know any more", async () => {
    const { url } = await startRelayProcess([], { cwd: home });
    agent = await startAgent(shimTransport(home, ["--url", url], { cwd: project }));
    const nudges = watchShim(shimHere(), "monitor", session.signal);
    const nudged = nudges.next();
    const asking = startCli(["doctor", "--prove"], { cwd: home, env: { XDG_STATE_HOME: join(home, "state") } });
    expect((await nudged).value).toContain("Probe of claude-bridge doctor");
    expect((await prove()).stdout).toContain("fail  payments cannot be probed: a probe is going on already\n");
    asking.kill("SIGINT");
    await asking.exit;
    const obedient = agent;
    const answered = nudges.next().then(() => obedient.call("whoami"));
    await expect.poll(async () => (await prove()).stdout, patience).toContain("ok    payments wakes by monitor (");
    await answered;
  });

  it("says that a wait is open, and does not end it", async () => {
    const { url } = await startRelayProcess([], { cwd: home });
    agent = await startAgent(shimTransport(home, ["--url", url], { cwd: project }));
    const waiting = agent.call("wait", { timeout_seconds: 300 }, session.signal);
    const ended = waiting.catch((error: unknown) => error);
    const known = async () => (await (await fetch(`${url}/api/agents`)).json()) as object;
    await expect.poll(known, patience).toMatchObject({ agents: [{ doing: "waiting" }] });
    expect(await prove()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^ok {4}payments wakes by open wait \(it is open\)\nok {4}agent payments: wakes by open wait\n/,
      ),
    });
    expect(await known()).toMatchObject({ agents: [{ doing: "waiting" }] });
    session.abort();
    expect(await ended).toBeInstanceOf(Error);
  });

  it("says of each way what became of it, and fails when one is silent", async () => {
    const shim = await standIn();
    shim.proves(
      { way: "open-wait", result: "unavailable" },
      { way: "monitor", result: "proved", ms: 812 },
      { way: "inbox-socket", result: "silent" },
      { way: "hook", result: "kept" },
    );
    const { code, stdout } = await prove();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^ok {4}win\/worker wakes by monitor \(0\.8 s\)\nfail {2}win\/worker, inbox socket: nothing in 30 s\n {6}look at its terminal.+\nok {4}win\/worker: hook was not probed; .+\n2 ok, 0 warnings, 1 failure\n$/,
    );
    expect(JSON.parse((await prove("--json")).stdout)).toMatchObject({ v: 1, ok: 2, failures: 1 });
  });

  it("probes only the agent that was named, by its whole name or its role", async () => {
    const shim = await standIn();
    shim.proves({ way: "monitor", result: "proved", ms: 1 });
    expect(await prove("--agent", "worker")).toMatchObject({ code: 0 });
    expect(await prove("--agent", "win/worker")).toMatchObject({ code: 0 });
    expect(await prove("--agent", "orker")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("fail  no agent here is called orker,"),
    });
    expect(shim.asked).toHaveLength(2);
  });

  it("says what to do where nothing could wake an agent, and where there is none", async () => {
    const none = await prove();
    expect(none).toMatchObject({ code: 1, stdout: expect.stringMatching(/^fail .+\n {6}claude-bridge install, then/) });
    const shim = await standIn();
    shim.proves({ way: "open-wait", result: "unavailable" }, { way: "monitor", result: "unavailable" });
    const { code, stdout } = await prove();
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining("warn  win/worker: nothing is there to wake it (no open wait, no monitor)\n"),
    ]);
  });

  it("is what --agent and --yes are for", async () => {
    expect(await runCli(["doctor", "--yes"], { cwd: home })).toMatchObject({ code: 2 });
  });

  it("says so when the shim is older, and has no such question", async () => {
    const shim = await standIn();
    shim.proves({ error: "no such question" });
    expect(await prove()).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("fail  win/worker cannot be probed: no such question\n      start its session"),
    });
  });

  it.skipIf(!hasTmux)("asks at a terminal before it costs anything (needs tmux)", async () => {
    const shim = await startShim({ state: join(home, ".local/state/claude-bridge"), project: "/work" });
    const terminal = startAtTerminal(["doctor", "--prove"], { cwd: home });
    await terminal.shows(/costs a turn .+: win\/worker\..+\nProbe\? \[Y\/n\]/);
    terminal.press("n", "Enter");
    await terminal.shows(/nobody was probed\nended with 0/);
    expect(shim.asked).toEqual([]);
  });
});
