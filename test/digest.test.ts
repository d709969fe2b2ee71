import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maxFollowed } from "../src/core/limits.ts";
import { createMemoryStore } from "../src/stores/memory.ts";
import { bearer, tokenFor } from "./support/credentials.ts";
import { post, type Served, serve } from "./support/face.ts";

/** What else came in the channels that an agent reads: it wakes nobody, and waits until the agent looks. */

const store = () => createMemoryStore();
let served: Served;
beforeEach(async () => {
  served = await serve({ store: store() });
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const channel = "payments:events";

async function send(agent: string, content: string, more: object = {}): Promise<string> {
  const body = { channel, content, ...more };
  const response = await post(`${served.url}/api/send`, body, { "claude-bridge-agent": agent });
  return ((await response.json()) as { id: string }).id;
}

async function read(agent: string | undefined, where = channel, more = "", headers: Record<string, string> = {}) {
  const named: Record<string, string> = agent === undefined ? {} : { "claude-bridge-agent": agent };
  const response = await fetch(`${served.url}/api/messages?channel=${where}${more}`, {
    headers: { ...named, ...headers },
  });
  return (await response.json()) as { messages: readonly { content: string }[] };
}

async function digest(agent: string, headers: Record<string, string> = {}) {
  const response = await post(`${served.url}/api/inbox`, {}, { "claude-bridge-agent": agent, ...headers });
  return ((await response.json()) as { digest: unknown }).digest;
}

describe("a digest", () => {
  it("counts what came in the channels that the agent reads, the most first", async () => {
    await read("win/worker");
    await read("win/worker", "general:sync");
    for (const text of ["one", "two"]) await send("mac/a", text);
    for (const text of ["one", "two", "three"]) await send("mac/a", text, { channel: "general:sync" });
    await send("mac/a", "nobody reads it", { channel: "quiet:place" });
    expect(await digest("win/worker")).toEqual([
      { channel: "general:sync", messages: 3 },
      { channel, messages: 2 },
    ]);
    expect(await digest("pi/other")).toEqual([]);
  });

  it("is not emptied by being read, but by reading the channel", async () => {
    await read("win/worker");
    const first = await send("mac/a", "one");
    await send("mac/a", "two");
    expect(await digest("win/worker")).toEqual(await digest("win/worker"));
    await read("win/worker", channel, "&since_id=beginning&limit=1");
    expect(await digest("win/worker")).toEqual([{ channel, messages: 1 }]);
    await read("win/worker", channel, `&since_id=${first}`);
    expect(await digest("win/worker")).toEqual([]);
    await read("win/worker", channel, "&since_id=beginning&limit=1");
    expect(await digest("win/worker")).toEqual([]);
  });

  it("has neither what the agent sent itself nor what is for it, in whichever order it comes", async () => {
    await read("win/worker");
    await send("win/worker", "my own");
    await send("mac/a", "to you", { to: "win/worker" });
    await send("mac/a", "to your machine", { to: "win" });
    await send("mac/a", "for all");
    expect(await digest("win/worker")).toEqual([{ channel, messages: 1 }]);
    await read("win/worker", channel, "&since_id=beginning&limit=1");
    expect(await digest("win/worker")).toEqual([{ channel, messages: 1 }]);
    for (let index = 0; index < 150; index += 1) await send("win/worker", `my own ${index}`);
    expect(await digest("win/worker")).toEqual([{ channel, messages: 1 }]);
  });

  it("has what an open wait was not given", async () => {
    const wait = fetch(`${served.url}/api/wait?channel=${channel}&since_id=beginning&limit=1`, {
      headers: { "claude-bridge-agent": "win/worker" },
    });
    await send("mac/a", "one");
    await wait;
    await send("mac/a", "two");
    expect(await digest("win/worker")).toEqual([{ channel, messages: 1 }]);
  });

  it("is of whoever says who it is, by consumer_id too", async () => {
    await read(undefined);
    await read(undefined, channel, "&consumer_id=win/worker");
    await send("mac/a", "one");
    expect(await digest("win/worker")).toEqual([{ channel, messages: 1 }]);
  });

  it("has only so many channels, those that were read last", async () => {
    for (let index = 0; index <= maxFollowed; index += 1) await read("win/worker", `room:${index}`);
    await send("mac/a", "one", { channel: "room:0" });
    await send("mac/a", "one", { channel: `room:${maxFollowed}` });
    expect(await digest("win/worker")).toEqual([{ channel: `room:${maxFollowed}`, messages: 1 }]);
  });

  it("never tells of a channel that its agent may no longer read", async () => {
    const { token } = await tokenFor(served.bridge, "win", { channels: ["payments:*", "general:*"] });
    const admin = await tokenFor(served.bridge, "ada", { kind: "person" });
    await read("worker", channel, "", bearer(token));
    await read("worker", "general:sync", "", bearer(token));
    const headers = { "claude-bridge-agent": "x", ...bearer(admin.token) };
    await post(`${served.url}/api/send`, { channel, content: "one" }, headers);
    await post(`${served.url}/api/send`, { channel: "general:sync", content: "one" }, headers);
    const source = { principal: "local" };
    const rule = { subject: "win", permissions: ["read"] as const, channels: ["general:*"] };
    await served.bridge.access.rules.set(rule, source);
    await served.bridge.access.rules.setMode("deny", source);
    expect(await digest("worker", bearer(token))).toEqual([{ channel: "general:sync", messages: 1 }]);
  });
});
