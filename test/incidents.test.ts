import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../src/client/index.ts";
import { quickly } from "./support/client.ts";
import { post, type Served, serve } from "./support/face.ts";

/**
 * What happened to users of other relays, by the names of their reports, where no test beside the part itself has it:
 * loops.test.ts, asking.test.ts, presence.test.ts, inbox.test.ts, test/crash and test/real-clients have the others.
 */

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const worker = () => connect({ url: served.url, agent: "win/worker", ...quickly });
const mac = () => connect({ url: served.url, agent: "mac/a", ...quickly });
const channel = "payments:worker";

describe("a text", () => {
  it("of 5 KB comes whole to a model, with nothing cut and nothing said of it (claude-code#88777)", async () => {
    const content = Array.from({ length: 500 }, (_, line) => `line ${line}`).join("\n");
    await mac().send({ channel, content, to: "win/worker" });
    const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode: "legacy" } });
    const requestInit = { headers: { "claude-bridge-agent": "win/worker" } };
    await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", served.url), { requestInit }));
    const result = await client.callTool({ name: "bridge_receive", arguments: {} });
    await client.close();
    const [{ text } = { text: "" }] = result.content as readonly { text: string }[];
    expect(text).toContain(`\n${content}\n`);
    expect(text).not.toContain("[cut");
  });

  it("of 5 MB is refused with its limit, never stored in part (opencode#16059)", async () => {
    const response = await post(`${served.url}/api/send`, { channel, sender: "mac/a", content: "x".repeat(5_000_000) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "too_large" });
    expect((await mac().channels()).totalMessages).toBe(0);
  });
});

describe("looking at mail", () => {
  it("does not consume it, however often and by whatever way (mcp_agent_mail_rust#207)", async () => {
    const { id } = await mac().send({ channel, content: "look", to: "win/worker" });
    for (let look = 0; look < 3; look += 1) {
      expect((await worker().inbox()).messages.map((message) => message.id)).toEqual([id]);
      expect((await worker().messages({ channel })).messages).toHaveLength(1);
      expect(await worker().receipts([id])).toMatchObject([{ state: "stored" }]);
    }
  });
});

describe("a doorbell that was missed", () => {
  it("is made good by the next look: what came between two requests is in the second (agent-network#1179, konoha#254)", async () => {
    const { next } = await worker().inbox();
    const cut = new AbortController();
    const waiting = worker().inbox({ after: next, waitSeconds: 50 }, { signal: cut.signal });
    cut.abort(new Error("the network is gone"));
    await expect(waiting).rejects.toThrow("the network is gone");
    const { id } = await mac().send({ channel, content: "while you were away", to: "win/worker" });
    expect((await worker().inbox({ after: next })).messages.map((message) => message.id)).toEqual([id]);
  });
});
