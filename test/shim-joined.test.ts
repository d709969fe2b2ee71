import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { ancestors } from "../src/shim/local/ancestors.ts";
import { findShim } from "../src/shim/local/ask-shim.ts";
import { bridgeHome, pair } from "./support/bridge-home.ts";
import { cleanUp, runCli } from "./support/cli.ts";
import { type Agent, shimTransport, startAgent } from "./support/shim.ts";

const agents: Agent[] = [];
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.close()));
  await cleanUp();
});

async function start(folder: string, project: string): Promise<Agent> {
  const agent = await startAgent(shimTransport(folder, [], { cwd: project }));
  agents.push(agent);
  return agent;
}

it("the agents of a machine that has joined are its own by name, and write to each other", async () => {
  const [host, office] = [bridgeHome(), bridgeHome()];
  await host.startRelay();
  await pair(host, office, { name: "office" });
  const project = join(office.folder, "größe");
  mkdirSync(project);
  const [first, second] = [await start(office.folder, project), await start(office.folder, project)];
  await expect.poll(() => first.call("whoami")).toMatch(/^You are office\/größe\n {2}machine: office\n.+\(connected\)/);
  await expect.poll(() => second.call("whoami")).toMatch(/^You are office\/größe-2\n/);
  await first.call("send", { to: "office/größe-2", content: "hello" });
  await expect.poll(() => second.call("receive")).toContain("\nhello\n");
  await expect.poll(() => second.call("receive")).toMatch(/^Inbox of \S+ — nothing unread\.$/);
});

it("an agent in any other folder has the relay that up has started, also when that starts after it", async () => {
  const home = bridgeHome();
  const env = { XDG_STATE_HOME: join(home.folder, "state") };
  const up = () => runCli(["up", "--local", "--detach", "--port", "0", "--no-claude"], { cwd: home.folder, env });
  expect((await up()).code).toBe(0);
  const project = join(home.folder, "elsewhere");
  mkdirSync(project);
  const connected = /^You are elsewhere\n.+\n {2}bridge: local \(connected\)/;
  await expect.poll(async () => (await start(home.folder, project)).call("whoami")).toMatch(connected);
  await home.run("down");
  expect(await (await start(home.folder, project)).call("ping")).toMatch(/^unreachable: bridge local does not/);
  expect(readdirSync(project)).toEqual([]);
});

it("a program finds the shim of its session by the process that has started both, and else by the folder", async () => {
  const home = bridgeHome();
  const project = join(home.folder, "one");
  mkdirSync(project);
  await home.startRelay("--db", join(project, "claude-bridge.db"));
  const stateFolder = join(home.folder, "state", "claude-bridge");
  await start(home.folder, project);
  const find = (folder: string, above: readonly number[]) =>
    findShim({ stateFolder, project: folder, ancestors: above });
  const shim = find("/elsewhere", [process.pid]);
  expect(shim?.project).toBe(project);
  expect(ancestors(shim?.pid)[0]).toBe(process.pid);
  expect(find("/elsewhere", [process.ppid])).toBeUndefined();
  expect(find(project, [])?.pid).toBe(shim?.pid);
});
