import { Client, SSEClientTransport, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { post, type Served, serve } from "./support/face.ts";

/** Agents that speak MCP to the bridge themselves, with nothing installed beside them. */

let served: Served;
const open: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
  expect(served.errors).toEqual([]);
  await served.close();
});

const transports = {
  "Streamable HTTP": (headers: Record<string, string>) =>
    new StreamableHTTPClientTransport(new URL("/mcp", served.url), { requestInit: { headers } }),
  "HTTP+SSE": (headers: Record<string, string>) =>
    new SSEClientTransport(new URL("/sse", served.url), { requestInit: { headers } }),
};

async function connect(agent?: string, transport: keyof typeof transports = "Streamable HTTP"): Promise<Client> {
  const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode: "legacy" } });
  const headers: Record<string, string> = agent === undefined ? {} : { "claude-bridge-agent": agent };
  await client.connect(transports[transport](headers));
  open.push(client);
  return client;
}

async function call(client: Client, name: string, args: Record<string, unknown> = {}, signal?: AbortSignal) {
  const options = signal === undefined ? {} : { signal };
  const { content } = await client.callTool({ name: `bridge_${name}`, arguments: args }, options);
  return (content as readonly { text: string }[]).map(({ text }) => text).join("");
}

async function send(to: string | undefined, content: string, more: object = {}): Promise<string> {
  const body = { channel: "payments:worker", sender: "mac/a", content, to, ...more };
  return ((await (await post(`${served.url}/api/send`, body)).json()) as { id: string }).id;
}

async function stateOf(id: string): Promise<string | undefined> {
  const response = await fetch(`${served.url}/api/receipts?message_ids=${id}`);
  return ((await response.json()) as { receipts: { state: string }[] }).receipts[0]?.state;
}

const reaches = async (id: string, state: string) => vi.waitFor(async () => expect(await stateOf(id)).toBe(state));

describe.each(["Streamable HTTP", "HTTP+SSE"] as const)("over %s", (transport) => {
  it("an agent asks, and what it is answered while it waits is in its context", async () => {
    const client = await connect("mac/a", transport);
    const asking = call(client, "ask", {
      to: "win/worker",
      channel: "payments:worker",
      content: "branch?",
      wait_seconds: 20,
    });
    const worker = await connect("win/worker", transport);
    const id = await vi.waitFor(async () => {
      const found = /\(id: (\S+)\)/.exec(await call(worker, "receive"))?.[1];
      if (found === undefined) throw new Error("nothing asked yet");
      return found;
    });
    const body = { channel: "payments:worker", sender: "win/worker", content: "main", reply_to: id };
    const answer = (await (await post(`${served.url}/api/send`, body)).json()) as { id: string };
    const text = await asking;
    expect(text).toContain("✓ Stored in [payments:worker]");
    expect(text).toContain("  win/worker: answered");
    expect(text).toMatch(/━━ \[\d+\] win\/worker @ .* reply_to=/);
    expect(text).toContain("\nmain\n");
    await reaches(answer.id, "in_context");
  });

  it("an agent that asks and does not wait is told when the answer is due", async () => {
    const text = await call(await connect("mac/a", transport), "ask", { to: "you", content: "deploy?" });
    expect(text).toMatch(/^✓ Stored in \[@you\]\n[^]*\n {2}deadline: \S+Z\nThe answer wakes you/);
  });

  it("an agent reads what is for it, and then that is in its context", async () => {
    const client = await connect("win/worker", transport);
    const id = await send("win/worker", "please look");
    expect(await stateOf(id)).toBe("stored");
    const inbox = await call(client, "receive");
    expect(inbox).toContain("Inbox of win/worker — 1 message(s) for you");
    expect(inbox).toContain("please look");
    await reaches(id, "in_context");
    expect(await call(client, "receive")).toBe("Inbox of win/worker — nothing unread.");
  });

  it("an open wait is woken by the message itself", async () => {
    const client = await connect("win/worker", transport);
    const waiting = call(client, "wait", { timeout_seconds: 600 });
    await vi.waitFor(async () => {
      const { agents } = (await (await fetch(`${served.url}/api/agents`)).json()) as { agents: { reach: string }[] };
      expect(agents).toMatchObject([{ reach: "wakes", way: "open-wait" }]);
    });
    const id = await send("win/worker", "wake up");
    expect(await waiting).toContain("wake up");
    await reaches(id, "in_context");
  });
});

describe("what is in context", () => {
  it("is not what was cut, and not what was asked for by somebody who has gone", async () => {
    const client = await connect("win/worker");
    const id = await send("win/worker", "x".repeat(20_000));
    expect(await call(client, "receive", { max_chars: 2000 })).toContain("[cut: ");
    const gone = new AbortController();
    const aborted = call(client, "wait", { channel: "payments:worker", since_id: "beginning" }, gone.signal);
    gone.abort();
    await expect(aborted).rejects.toThrow();
    expect(await stateOf(id)).toBe("stored");
    await call(client, "receive", { max_chars: 30_000 });
    await reaches(id, "in_context");
  });

  it("is known of readers who say who they are by consumer_id, and of nobody else", async () => {
    const client = await connect();
    const id = await send(undefined, "for all");
    await call(client, "receive", { channel: "payments:worker" });
    await call(client, "receive", { channel: "payments:worker", consumer_id: "win/worker" });
    await reaches(id, "in_context");
    const response = await fetch(`${served.url}/api/receipts?message_ids=${id}`);
    expect(await response.json()).toMatchObject({ receipts: [{ agent: "win/worker" }] });
  });

  it("is told under bridge_status, with the message that answered", async () => {
    const client = await connect("win/worker");
    const id = await send("win/worker", "please look");
    await call(client, "receive");
    await reaches(id, "in_context");
    const answer = await call(client, "send", { channel: "payments:worker", content: "done", reply_to: id });
    const answerId = /id: (\S+)/.exec(answer)?.[1];
    const status = await call(client, "status", { message_id: id });
    expect(status).toContain(`win/worker: answered, by ${answerId}`);
    expect(status).toMatch(/stored .*Z · in context .*Z · answered .*Z/);
  });
});

describe("mail that nobody reads", () => {
  it("is told of under the next result of any tool, once", async () => {
    const client = await connect("win/worker");
    await send("win/worker", "one");
    await send("win/worker", "two", { channel: "general:sync" });
    const line = "2 unread for you in payments:worker, general:sync: bridge_receive without channel shows them.";
    expect(await call(client, "ping")).toContain(line);
    expect(await call(client, "ping")).not.toContain("unread for you");
    await send("win/worker", "three");
    expect(await call(client, "channels")).toContain("1 unread for you in payments:worker");
    expect(await call(client, "receive")).not.toContain("unread for you");
  });

  it("is not told of, and ends no wait, where a rule keeps it quiet", async () => {
    const client = await connect("win/worker");
    await post(`${served.url}/api/wake-rules`, { agent: "win/*", channel: "payments:*", wake: "never" });
    await send("win/worker", "in your own time");
    expect(await call(client, "ping")).not.toContain("unread for you");
    const waiting = call(client, "wait", { channel: "quiet:channel", since_id: "beginning", timeout_seconds: 600 });
    await vi.waitFor(async () =>
      expect(await (await fetch(`${served.url}/api/state`)).json()).toMatchObject({ open_waits: 1 }),
    );
    await send("win/worker", "this too");
    await send("win/worker", "now", { channel: "general:sync" });
    expect(await waiting).toContain("1 unread for you in general:sync");
    expect(await call(client, "receive")).toContain("3 message(s) for you");
  });

  it("is followed by a line on what else came where the agent reads", async () => {
    const client = await connect("win/worker");
    await call(client, "receive", { channel: "payments:worker" });
    await send(undefined, "for all");
    const line = "Also new: 1 in payments:worker.";
    expect(await call(client, "receive")).toBe(`Inbox of win/worker — nothing unread.\n${line}`);
    await send("win/worker", "for you", { channel: "general:sync" });
    expect(await call(client, "receive")).toMatch(/Answer with bridge_send .*\nAlso new: 1 in payments:worker\.$/);
    await call(client, "receive", { channel: "payments:worker" });
    expect(await call(client, "receive")).not.toContain("Also new");
  });

  it("ends a wait for something else", async () => {
    const client = await connect("win/worker");
    const waiting = call(client, "wait", { channel: "quiet:channel", since_id: "beginning", timeout_seconds: 600 });
    await vi.waitFor(async () =>
      expect(await (await fetch(`${served.url}/api/state`)).json()).toMatchObject({ open_waits: 1 }),
    );
    await send("win/worker", "elsewhere");
    const ended = await waiting;
    expect(ended).toContain("nothing there yet, but something came for you");
    expect(ended).toContain("1 unread for you in payments:worker");
  });

  it("is not told to who cannot be known", async () => {
    const client = await connect();
    await send("win/worker", "one");
    expect(await call(client, "ping")).not.toContain("unread for you");
    const refused = await call(client, "receive");
    expect(refused).toContain("say who you are");
  });
});
