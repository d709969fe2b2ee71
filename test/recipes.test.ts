import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp, startCli } from "./support/cli.ts";
import { pathWithProgram, writeScript } from "./support/path-with-program.ts";
import { startAgent } from "./support/shim.ts";

/** docs/recipes.md, run as it stands. */

const page = readFileSync(join(import.meta.dirname, "../docs/recipes.md"), "utf8");
const recipes = new Map(
  [...page.matchAll(/^## (.+)\n[^]*?```(?:sh|toml|json)\n([^]*?)```/gm)].map(([, title = "", text = ""]) => [
    title,
    text,
  ]),
);

let home: BridgeHome;
let env: Record<string, string>;
let url: string;
beforeEach(async () => {
  home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada" } });
  ({ url } = await home.startRelay());
  env = { PATH: pathWithProgram(home.folder), HOME: home.folder };
});
afterEach(async () => {
  for (const pid of loops) process.kill(-pid, "SIGKILL");
  loops.clear();
  await cleanUp();
});

const loops = new Set<number>();

/** Runs it with a shell in the home; `end` is its exit code and what it has printed. */
function start(script: string, more: Record<string, string> = {}) {
  // A group of its own, which can be ended with all that it has started.
  const child = spawn("sh", ["-c", script], { cwd: home.folder, env: { ...env, ...more }, detached: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += String(data)));
  const end = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, output })),
  );
  return { pid: child.pid ?? 0, end };
}

const run = (script: string, more?: Record<string, string>) => start(script, more).end;
const recipe = (title: string) => recipes.get(title) ?? expect.unreachable(`there is no recipe "${title}"`);
const newest = (channel: string) => home.ask<object>("wait", channel, "--after", "beginning", "--timeout", "15");

/** The environment of a job that has a credential of its own. */
async function jobOf(): Promise<Record<string, string>> {
  await home.run("token", "create", "ci", "--kind", "service", "--token-file", "ci.token");
  return { CLAUDE_BRIDGE_URL: url, CLAUDE_BRIDGE_TOKEN_FILE: join(home.folder, "ci.token"), CI_RUN_ID: "42" };
}

it("every recipe is run here", () => {
  expect([...recipes.keys()]).toEqual([
    "Git tells a channel of every commit",
    "CI posts a result",
    "CI posts a result with curl",
    "A worker in a shell",
    "Codex",
    "Gemini CLI",
    "A status line",
    "A digest every evening",
  ]);
});

it("git tells a channel of every commit, and commits without a bridge too", async () => {
  const git = "git -c user.name=Ada -c user.email=ada@example.org -c init.defaultBranch=main";
  await run(`${git} init`);
  writeScript(join(home.folder, ".git/hooks/post-commit"), recipe("Git tells a channel of every commit"));
  expect(await run(`${git} commit --allow-empty -m 'Fix $(touch pwned)'`)).toMatchObject({ code: 0 });
  expect(await newest("git:commits")).toMatchObject({
    sender: "git",
    message: { type: "note", content: expect.stringMatching(/^[\da-f]+ Ada: Fix \$\(touch pwned\)\n$/) },
  });
  expect(existsSync(join(home.folder, "pwned"))).toBe(false);
  expect(await run(`${git} commit --allow-empty -m more`, { CLAUDE_BRIDGE_URL: "http://127.0.0.1:1" })).toMatchObject({
    code: 0,
  });
});

it("CI posts the end of its log once, and ends as its tests did", async () => {
  writeScript(join(home.folder, "run-tests"), "#!/bin/sh\nseq 30\nexit 3\n");
  const job = await jobOf();
  for (let time = 0; time < 2; time += 1) {
    expect(await run(recipe("CI posts a result"), job)).toEqual({ code: 3, output: "" });
  }
  expect(await newest("ci:results")).toMatchObject({
    sender: "ci",
    message: { type: "result", content: expect.stringMatching(/^11\n[^]*\n30\n$/) },
  });
  expect(await home.ask("ls", "ci:*")).toMatchObject({ channels: [{ messages: 1 }] });
});

it("CI posts with curl, whose arguments have no credential", async () => {
  const text = recipe("CI posts a result with curl");
  expect(await run(text, await jobOf())).toMatchObject({
    code: 0,
    output: expect.stringContaining('"receipt":"stored"'),
  });
  expect(await newest("ci:results")).toMatchObject({ sender: "ci", content: "run 42 is done" });
});

it("a worker does one task after the other, and none twice when it is started again", async () => {
  writeScript(join(home.folder, "build"), '#!/bin/sh\nread -r task\necho "done: $task"\n');
  const { stdout } = await home.run("send", "builds:worker", "before the worker", "-q");
  writeFileSync(join(home.folder, "last-task"), stdout.trim());
  const answerTo = async (text: string) => {
    const cli = startCli(["send", "builds:worker", text, "--type", "task", "--wait", "60", "-q"], { cwd: home.folder });
    return { code: await cli.exit, answer: cli.stdout().trim() };
  };
  const first = start(recipe("A worker in a shell"));
  loops.add(first.pid);
  expect(await answerTo("one $(touch pwned)")).toEqual({ code: 0, answer: "done: one $(touch pwned)" });
  process.kill(-first.pid, "SIGKILL");
  loops.delete(first.pid);
  await first.end;
  loops.add(start(recipe("A worker in a shell")).pid);
  expect(await answerTo("two")).toEqual({ code: 0, answer: "done: two" });
  expect(await home.ask("ls", "builds:*")).toMatchObject({ channels: [{ messages: 5 }] });
  expect(existsSync(join(home.folder, "pwned"))).toBe(false);
}, 60_000);

const commandOf: Readonly<Record<string, (text: string) => { command: string; args: readonly string[] }>> = {
  Codex: (text) => ({
    command: JSON.parse(/^command = (.+)$/m.exec(text)?.[1] ?? "") as string,
    args: JSON.parse(/^args = (.+)$/m.exec(text)?.[1] ?? "") as string[],
  }),
  "Gemini CLI": (text) =>
    (JSON.parse(text) as { mcpServers: { bridge: { command: string; args: string[] } } }).mcpServers.bridge,
};

it.each(Object.entries(commandOf))("%s starts a server that has the bridge's tools", async (title, read) => {
  const { command, args } = read(recipe(title));
  const program = { command: join(home.folder, "bin", command), args: [...args], env, cwd: home.folder };
  const agent = await startAgent(new StdioClientTransport(program));
  expect(await agent.tools()).toContain("bridge_send");
  await agent.close();
});

it("a status line has the count, and is empty where nothing needs anybody or no bridge answers", async () => {
  const line = recipe("A status line");
  expect(await run(line)).toEqual({ code: 0, output: "" });
  await home.run("ask", "you", "Ship it?", "--no-wait", "--as", "win");
  expect(await run(line)).toEqual({ code: 0, output: "◆ 1\n" });
  expect(await run(line, { CLAUDE_BRIDGE_URL: "http://127.0.0.1:1" })).toEqual({ code: 0, output: "" });
});

it("a digest is a page of the day, with what needs somebody in the mail of cron", async () => {
  await home.run("send", "a:b", "of today");
  await home.run("ask", "you", "Ship it?", "--no-wait", "--as", "win");
  const { code, output } = await run(recipe("A digest every evening"));
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^question .+Ship it\?/) });
  const found = await run("cat digest-*.html");
  expect(found.output).toMatch(/^<!doctype html>[^]*of today[^]*<\/html>\n$/);
});
