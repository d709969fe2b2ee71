import { mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askShim, findShim, watchShim } from "../src/shim/local/ask-shim.ts";
import type { RunningShim } from "../src/shim/local/run-folder.ts";
import { cleanUp, startCli, temporaryFolder } from "./support/cli.ts";
import { post } from "./support/face.ts";
import { freePort } from "./support/proxies.ts";
import { type Agent, shimTransport, startAgent } from "./support/shim.ts";

let folder: string;
let port: number;
let project: string;
const agents: Agent[] = [];
beforeEach(async () => {
  folder = temporaryFolder();
  port = await freePort();
  project = join(folder, "payments");
  mkdirSync(project);
});
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.close()));
  await cleanUp();
});

const url = () => `http://127.0.0.1:${port}`;

async function startRelay(env: Record<string, string> = {}) {
  const args = ["--port", String(port), "--db", join(folder, "bridge.db"), "--json"];
  const relay = startCli(args, { cwd: folder, env });
  await relay.printed(/^.*\n/);
  return {
    async kill() {
      relay.kill("SIGKILL");
      await relay.exit;
    },
  };
}

/** An agent in the folder `payments`, with the process beside it. */
async function start(env: Record<string, string> = {}): Promise<Agent> {
  const agent = await startAgent(shimTransport(folder, ["--url", url()], { cwd: project, env }));
  agents.push(agent);
  return agent;
}

const send = (content: string, to = "payments", channel = "demo:a") =>
  post(`${url()}/api/send`, { channel, sender: "mac", content, to });

interface State {
  readonly open_waits: number;
}

interface Stored {
  readonly messages: readonly { readonly id: string; readonly content: string }[];
}
async function stored(channel: string): Promise<readonly string[]> {
  const response = await fetch(`${url()}/api/messages?channel=${channel}&full=1`);
  return ((await response.json()) as Stored).messages.map(({ content }) => content);
}

async function idOf(sent: Promise<Response>): Promise<string> {
  return ((await (await sent).json()) as { id: string }).id;
}

async function stateOf(id: string): Promise<string | undefined> {
  const { receipts } = (await (await fetch(`${url()}/api/receipts?message_ids=${id}`)).json()) as {
    receipts: readonly { state: string; agent: string }[];
  };
  return receipts.find(({ agent }) => agent === "payments")?.state;
}

const local = () => ({ stateFolder: join(folder, "state", "claude-bridge"), project, ancestors: [] });
const shimOf = (): RunningShim => {
  const shim = findShim(local());
  if (shim === undefined) throw new Error("no shim is here");
  return shim;
};

describe("without a bridge", () => {
  it("the tools are there", async () => {
    const agent = await start();
    expect(await agent.tools()).toContain("bridge_send");
    expect(await agent.call("receive", { channel: "demo:a" })).toMatch(
      /^unreachable: bridge 127\.0\.0\.1:\d+ does not/,
    );
  });

  it("what is sent waits here, and goes out once and in order by the next session", async () => {
    const agent = await start();
    for (const content of ["one", "two", "three"]) {
      const text = await agent.call("send", { channel: "demo:a", sender: "mac", content });
      expect(text).toMatch(/^Queued here: bridge \S+ is unreachable \(.+\)\. It goes out when the bridge is back\./);
      expect(text).not.toContain("stored");
    }
    await agent.close();
    await startRelay();
    await start();
    await expect.poll(() => stored("demo:a"), { timeout: 15_000 }).toEqual(["one", "two", "three"]);
  });

  it("what a bridge then refuses holds nothing up, is kept, and is told", async () => {
    const agent = await start();
    await agent.call("send", { channel: "demo:a", sender: "mac", content: "much too long for this bridge" });
    await agent.call("send", { channel: "demo:a", sender: "mac", content: "short" });
    await agent.close();
    await startRelay({ CLAUDE_BRIDGE_MAX_MESSAGE_BYTES: "10" });
    const next = await start();
    await expect.poll(() => stored("demo:a"), { timeout: 15_000 }).toEqual(["short"]);
    const text = await next.call("ping");
    expect(text).toMatch(/Not sent: what was queued here at .+ for demo:a was refused by bridge .+: too_large: /);
    expect(await next.call("ping")).not.toContain("Not sent");
    const outbox = join(local().stateFolder, "outbox");
    const kept = readdirSync(outbox, { recursive: true }).filter((name) => String(name).endsWith(".refused"));
    expect(kept).toHaveLength(1);
  });
});

describe("an agent's name", () => {
  it("is its folder's, is another's for a second session, and comes back", async () => {
    await startRelay();
    const [first, second] = [await start(), await start()];
    expect(await first.call("whoami")).toMatch(
      /^You are payments\n.*\n {2}bridge: 127\.0\.0\.1:\d+ \(connected\)\n {2}unread: 0/,
    );
    expect(await second.call("whoami")).toMatch(/^You are payments-2\n/);
    expect(await second.call("whoami", { role: "reviewer" })).toMatch(/^You are reviewer\n/);
    expect(await first.call("whoami", { role: "reviewer" })).toMatch(/^conflict: another session/);
    await second.close();
    expect(await (await start()).call("whoami")).toMatch(/^You are reviewer\n/);
  });
});

describe("which bridge", () => {
  it("is the relay that runs on the database here, by its own certificate", async () => {
    const cwd = join(folder, "payments");
    const relay = startCli(["--port", "0", "--tls", "self-signed", "--json"], { cwd });
    await relay.printed(/^.*\n/);
    const agent = await startAgent(shimTransport(folder, [], { cwd }));
    agents.push(agent);
    await agent.call("send", { channel: "demo:a", sender: "mac", content: "hello" });
    expect(await agent.call("receive", { channel: "demo:a" })).toContain("\nhello\n");
    expect(await agent.call("whoami")).toMatch(/\n {2}bridge: local \(connected\)\n/);
  });
});

describe("the process", () => {
  it("tells the bridge who is here, and that it has gone", async () => {
    await startRelay();
    const agent = await start();
    const known = async () => (await (await fetch(`${url()}/api/agents`)).json()) as { agents: readonly object[] };
    const here = { name: "payments", project, client: { name: "test", version: "0" }, doing: "idle", reach: "by hand" };
    await expect.poll(known).toMatchObject({ agents: [here] });
    await agent.close();
    await expect.poll(known).toMatchObject({ agents: [{ reach: "away", reason: "its client has ended" }] });
  });

  it("tells the bridge that its agent waits and will be woken, for as long as it does", async () => {
    await startRelay();
    const agent = await start();
    const known = async () => (await (await fetch(`${url()}/api/agents`)).json()) as { agents: readonly object[] };
    const ended = new AbortController();
    const wait = agent.call("wait", { timeout_seconds: 600 }, ended.signal).catch(() => undefined);
    await expect.poll(known).toMatchObject({ agents: [{ doing: "waiting", reach: "wakes", way: "open-wait" }] });
    ended.abort();
    await wait;
    await expect.poll(known).toMatchObject({ agents: [{ doing: "idle", reach: "by hand" }] });
  });

  it("ends with its input, and leaves no socket", async () => {
    const cli = startCli(["mcp", "--url", url()], { cwd: project, env: { XDG_STATE_HOME: join(folder, "state") } });
    await expect.poll(() => findShim(local())?.project).toBe(project);
    cli.endInput();
    expect(await cli.exit).toBe(0);
    expect(readdirSync(join(local().stateFolder, "run"))).toEqual([]);
  });

  it("ends with SIGTERM", async () => {
    const cli = startCli(["mcp", "--url", url()], { cwd: project, env: { XDG_STATE_HOME: join(folder, "state") } });
    await expect.poll(() => findShim(local())?.project).toBe(project);
    cli.kill("SIGTERM");
    expect(await cli.exit).toBe(0);
  });
});

describe("a message for the agent", () => {
  it("is told of once under a result, is read without naming its channel, and its receipt says so", async () => {
    await startRelay();
    const agent = await start();
    const id = await idOf(send("hello"));
    await expect.poll(() => stateOf(id)).toBe("at_machine");
    const line = "1 unread for you in demo:a: bridge_receive without channel shows them.";
    await expect.poll(async () => (await agent.call("ping")).split("\n").at(-1)).toBe(line);
    expect(await agent.call("ping")).not.toContain("unread");
    expect(await agent.call("receive")).toContain("\nhello\n");
    await expect.poll(() => stateOf(id)).toBe("in_context");
    expect(await agent.call("receive")).toMatch(/^Inbox of \S+ — nothing unread\.$/);
  });

  it("is not read when its text was cut", async () => {
    await startRelay();
    const agent = await start();
    const id = await idOf(send("x".repeat(9000)));
    await expect.poll(() => stateOf(id)).toBe("at_machine");
    expect(await agent.call("receive", { channel: "demo:a" })).toContain("[cut: ");
    expect(await agent.call("whoami")).toContain("unread: 1");
    await agent.call("receive", { channel: "demo:a", max_chars: 20_000 });
    await expect.poll(() => stateOf(id)).toBe("in_context");
  });

  it("is not read by a call that was cancelled", async () => {
    await startRelay();
    const agent = await start();
    const stop = new AbortController();
    const wait = { channel: "demo:a", since_id: "beginning", timeout_seconds: 60 };
    const waiting = agent.call("wait", wait, stop.signal);
    const openWaits = async () => ((await (await fetch(`${url()}/api/state`)).json()) as State).open_waits;
    // The inbox is open too.
    await expect.poll(openWaits).toBe(2);
    stop.abort();
    await expect(waiting).rejects.toThrow();
    await expect.poll(openWaits).toBe(1);
    const id = await idOf(send("hello"));
    await expect.poll(() => stateOf(id)).toBe("at_machine");
    expect(await agent.call("whoami")).toContain("unread: 1");
  });

  it("ends a wait that has outlived its bridge", async () => {
    const relay = await startRelay();
    const agent = await start();
    const waiting = agent.call("wait", { channel: "demo:a", since_id: "beginning", timeout_seconds: 60 });
    await expect.poll(async () => (await askShim(shimOf(), { ask: "who" })).isConnected).toBe(true);
    await relay.kill();
    await startRelay();
    await send("back again");
    expect(await waiting).toContain("back again");
  });

  it("ends a wait that names no channel, and is read by it", async () => {
    await startRelay();
    const agent = await start();
    const waiting = agent.call("wait", { timeout_seconds: 300 });
    await expect
      .poll(async () => (await (await fetch(`${url()}/api/agents`)).json()) as object)
      .toMatchObject({
        agents: [{ doing: "waiting", waiting_on: "*" }],
      });
    const id = await idOf(send("for you", "payments", "any:where"));
    expect(await waiting).toContain("\nfor you\n");
    await expect.poll(() => stateOf(id)).toBe("in_context");
  });

  it("reaches a monitor as one line that does not say what it says, and local programs as it is", async () => {
    await startRelay();
    await start();
    const stop = new AbortController();
    const lines = watchShim(shimOf(), "monitor", stop.signal);
    const first = lines.next();
    const id = await idOf(send("the text"));
    expect((await first).value).toBe("1 unread for you in demo:a. Call bridge_receive.");
    const { unread, messages } = await askShim(shimOf(), { ask: "unread" });
    expect({ unread, messages }).toMatchObject({ unread: 1, messages: [{ id, sender: "mac", why: "addressed" }] });
    await askShim(shimOf(), { ask: "told", ids: [id], way: "hook" });
    await expect.poll(() => stateOf(id)).toBe("in_context");
    expect(await askShim(shimOf(), { ask: "unread" })).toMatchObject({ unread: 0, channels: [] });
    stop.abort();
    await lines.return();
  });

  it("is announced in the session's inbox, with its token, where the client has one", async () => {
    const path = join(folder, "session.sock");
    let written = "";
    const inbox = createServer((socket) => socket.on("data", (chunk) => (written += String(chunk))));
    await new Promise<void>((resolve) => void inbox.listen(path, resolve));
    await startRelay();
    await start({ CLAUDE_CODE_MESSAGING_SOCKET: path, CLAUDE_CODE_MESSAGING_TOKEN: "t" });
    await send("hello");
    await expect.poll(() => written.split("\n").length).toBe(3);
    const content = "1 unread for you in demo:a. Call bridge_receive.";
    expect(written).toBe(
      `{"type":"auth","token":"t"}\n{"type":"user","message":{"role":"user","content":"${content}"}}\n`,
    );
    inbox.close();
  });
});
