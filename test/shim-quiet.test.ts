import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { askShim, findShim } from "../src/shim/local/ask-shim.ts";
import { cleanUp, startCli, temporaryFolder } from "./support/cli.ts";
import { post } from "./support/face.ts";
import { freePort } from "./support/proxies.ts";
import { type Agent, shimTransport, startAgent } from "./support/shim.ts";

/** What is not worth a turn, on its way to the agent `payments` with a process beside it. */

let folder: string;
let url: string;
let agent: Agent;
beforeEach(async () => {
  folder = temporaryFolder();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const project = join(folder, "payments");
  mkdirSync(project);
  const relay = startCli(["--port", String(port), "--db", join(folder, "bridge.db"), "--json"], { cwd: folder });
  await relay.printed(/^.*\n/);
  agent = await startAgent(shimTransport(folder, ["--url", url], { cwd: project }));
});
afterEach(async () => {
  await agent.close();
  await cleanUp();
});

async function send(content: string, channel = "demo:a", to: string | undefined = "payments"): Promise<string> {
  const response = await post(`${url}/api/send`, { channel, sender: "mac", content, to });
  return ((await response.json()) as { id: string }).id;
}

async function stateOf(id: string): Promise<string | undefined> {
  const response = await fetch(`${url}/api/receipts?message_ids=${id}`);
  return ((await response.json()) as { receipts: { state: string }[] }).receipts[0]?.state;
}

function unread() {
  const shim = findShim({
    stateFolder: join(folder, "state", "claude-bridge"),
    project: join(folder, "payments"),
    ancestors: [],
  });
  if (shim === undefined) throw new Error("no shim is here");
  return askShim(shim, { ask: "unread" });
}

it("a message that a rule keeps quiet is at the machine, and nobody is told until the agent looks", async () => {
  await post(`${url}/api/wake-rules`, { agent: "payments", channel: "demo:*", wake: "never" });
  const waiting = agent.call("wait", { timeout_seconds: 60 });
  const first = await send("in your own time");
  await send("now", "other:a");
  const text = await waiting;
  expect(text).toContain("now");
  expect(text).toContain("in your own time");
  await expect.poll(() => stateOf(first)).toBe("in_context");
  const second = await send("and this");
  await send("and now", "other:a");
  await expect.poll(() => stateOf(second)).toBe("at_machine");
  await expect.poll(() => agent.call("ping")).toContain("1 unread for you in other:a");
  expect(await unread()).toMatchObject({ unread: 2, messages: [{ quiet: true }, {}] });
});

it("what came for all in a channel that the agent reads waits in the digest", async () => {
  await agent.call("receive", { channel: "demo:a" });
  await post(`${url}/api/send`, { channel: "demo:a", sender: "mac", content: "for all" });
  expect(await agent.call("ping")).not.toContain("unread");
  expect(await agent.call("receive")).toMatch(/nothing unread\.\nAlso new: 1 in demo:a\.$/);
  await send("now", "other:a");
  await expect.poll(unread).toMatchObject({ unread: 1, digest: [{ channel: "demo:a", messages: 1 }] });
});
