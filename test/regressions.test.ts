import { describe, expect, it } from "vitest";
import type { Store } from "../src/core/store.ts";
import { createMemoryStore } from "../src/stores/memory.ts";
import { createFakeClock } from "../src/testing/fake-clock.ts";
import { counted, get, mcp, recorder, send, start, tool } from "./regressions/bridge.ts";
import { json, post } from "./support/face.ts";
import { openStream } from "./support/stream.ts";

/** What was lost, doubled, out of order or without a bound in the original, and must not be here. */

describe("live streams", () => {
  it("name the channel of every message", async () => {
    const served = await start();
    const stream = await openStream(`${served.url}/events?channels=demo:*`);
    await send(served, "one", "demo:a");
    await send(served, "two", "demo:b");
    const frames = await stream.take(2);
    stream.close();
    expect(frames.map(({ data }) => data["channel"])).toEqual(["demo:a", "demo:b"]);
  });

  it("bring a healthy reader all of a burst of 40 writers, once and in order", async () => {
    const served = await start();
    const stream = await openStream(`${served.url}/events/channel/burst`);
    const writers = Array.from({ length: 40 }, async (_, writer) => {
      for (let n = 0; n < 38; n++) await send(served, `${writer}:${n}`, "burst");
    });
    const frames = await stream.take(40 * 38);
    await Promise.all(writers);
    stream.close();
    expect(frames.map(({ data }) => data["seq"])).toEqual(Array.from({ length: 1520 }, (_, index) => index + 1));
  });

  it("join what was to what comes: no message twice, none missed, whenever a reader comes", async () => {
    const served = await start();
    const first = await send(served, "first");
    const writing = Promise.all(Array.from({ length: 200 }, (_, n) => send(served, `${n}`)));
    const readers = await Promise.all(
      Array.from({ length: 12 }, () => openStream(`${served.url}/events/channel/demo:a?since_id=${first.id}`)),
    );
    const taken = await Promise.all(readers.map((reader) => reader.take(200)));
    await writing;
    for (const reader of readers) reader.close();
    const expected = Array.from({ length: 200 }, (_, index) => index + 2);
    for (const frames of taken) expect(frames.map(({ data }) => data["seq"])).toEqual(expected);
  });

  it("leave no hole after a cut replay: who comes again from the last id gets the next", async () => {
    const served = await start({ caps: { streamReplayLimit: 3 } });
    const first = await send(served, "0");
    for (let n = 1; n <= 8; n++) await send(served, `${n}`);
    const seen: unknown[] = [];
    let cursor = first.id;
    for (let visit = 0; visit < 2; visit++) {
      const stream = await openStream(`${served.url}/events/channel/demo:a`, { "last-event-id": cursor });
      const frames = await stream.take(10);
      expect(frames.at(-1)?.event).toBe("replay_truncated");
      seen.push(...frames.slice(0, -1).map(({ data }) => data["content"]));
      cursor = frames.at(-2)?.id ?? "";
    }
    expect(seen).toEqual(["1", "2", "3", "4", "5", "6"]);
  });

  it("take no cursor of another channel: it skips nothing and repeats nothing", async () => {
    const served = await start();
    await send(served, "old", "here");
    const { id } = await send(served, "x", "there");
    const stream = await openStream(`${served.url}/events/channel/here?since_id=${id}`);
    await send(served, "new", "here");
    const frames = await stream.take(2);
    stream.close();
    expect(frames.map(({ event, data }) => [event, data["content"]])).toEqual([
      ["cursor_stale", undefined],
      ["message", "new"],
    ]);
  });

  it("end when the store fails under them, and the bridge goes on", async () => {
    const inner = createMemoryStore();
    const failing: Store = { ...inner, read: () => Promise.reject(new Error("disk on fire")) };
    const log = recorder();
    const served = await start({ store: failing, log });
    const stream = await openStream(`${served.url}/events/channel/demo:a`);
    expect(await stream.take(1)).toEqual([]);
    expect(log.lines).toHaveLength(1);
  });
});

describe("pages", () => {
  it("tell a late reader how many older messages there are", async () => {
    const served = await start();
    for (let n = 0; n < 25; n++) await send(served, `${n}`);
    expect(await get(served, "/api/messages?channel=demo:a&limit=20")).toMatchObject({ has_more: true, remaining: 5 });
    expect(await tool(served, "receive", { channel: "demo:a", limit: 20 })).toMatch(/^5 older not shown/m);
  });

  it("tell a reader with a cursor whether there is more", async () => {
    const served = await start();
    const { id } = await send(served, "first");
    await send(served, "second");
    await send(served, "third");
    const page = (limit: number) => get(served, `/api/messages?channel=demo:a&since_id=${id}&limit=${limit}`);
    expect(await page(1)).toMatchObject({ has_more: true, remaining: 1 });
    expect(await page(2)).toMatchObject({ has_more: false, remaining: 0 });
  });

  it("tell a consumer that its channel was cleared, or its messages pruned", async () => {
    const clock = createFakeClock();
    const store = createMemoryStore({ clock });
    const served = await start({ store });
    const { id } = await send(served, "read");
    await post(`${served.url}/api/ack`, { channel: "demo:a", consumer_id: "win", message_id: id });
    await send(served, "unread");
    clock.advance(1000);
    await store.prune(clock.now(), 10);
    await send(served, "new");
    const page = () => get(served, "/api/messages?channel=demo:a&consumer_id=win");
    expect(await page()).toMatchObject({ warning: "history_pruned", messages: [{ preview: "new" }] });
    await post(`${served.url}/api/clear`, { channel: "demo:a" });
    expect(await page()).toMatchObject({ warning: "channel_cleared", messages: [] });
  });

  it("have times that sort as text, whole seconds among the others", async () => {
    const clock = createFakeClock(Date.UTC(2026, 0, 1) - 1);
    const served = await start({ store: createMemoryStore({ clock }) });
    for (const step of [1, 0.001, 999.999]) {
      await send(served, `${clock.now()}`);
      clock.advance(step);
    }
    await send(served, "last");
    const { messages } = await get<{ messages: { ts: string }[] }>(served, "/api/messages?channel=demo:a");
    const times = messages.map(({ ts }) => ts);
    expect(times).toEqual(times.toSorted());
    expect(times[1]).toBe("2026-01-01T00:00:00.000000Z");
  });
});

describe("waits", () => {
  it("are capped, and who is one too many is told so", async () => {
    const served = await start({ caps: { maxWaits: 2 } });
    const wait = () => fetch(`${served.url}/api/wait?channel=demo:a&since_id=beginning&timeout_seconds=50`);
    const waiting = [wait(), wait()];
    await expect.poll(async () => (await get(served, "/api/state"))["open_waits"]).toBe(2);
    const refused = await wait();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await refused.json()).toMatchObject({
      code: "limit_reached",
      error: expect.stringContaining("too many wait calls"),
    });
    expect(await tool(served, "wait", { channel: "demo:a", since_id: "beginning" })).toMatch(
      /^error: limit_reached: too many/,
    );
    await send(served, "go");
    for (const response of await Promise.all(waiting))
      expect(await response.json()).toMatchObject({ timed_out: false });
  });

  it("on one channel sleep through what happens on others", async () => {
    const { store, reads } = counted(createMemoryStore());
    const served = await start({ store });
    const waiting = fetch(`${served.url}/api/wait?channel=mine&since_id=beginning&timeout_seconds=50`);
    await expect.poll(reads).toBe(1);
    for (let n = 0; n < 20; n++) await send(served, `${n}`, "other");
    expect(reads()).toBe(1);
    await send(served, "for me", "mine");
    expect(await (await waiting).json()).toMatchObject({ messages: [{ content: "for me" }] });
    expect(reads()).toBe(2);
  });
});

describe("the budget", () => {
  it("of a tool's answer holds, however much there is and however it is named", async () => {
    const served = await start();
    const long = "n".repeat(128);
    const hostile = "\u202e".repeat(256);
    const envelope = {
      schema_version: 1,
      type: "t",
      content: "x",
      recipient: hostile,
      thread_id: hostile,
      reply_to: hostile,
    };
    for (let n = 0; n < 60; n++) await send(served, `${"😀".repeat(n)}${"x".repeat(10_000)}`, "demo:a", long);
    for (let n = 0; n < 60; n++)
      await send(served, "x".repeat(300), `${n}:${"c".repeat(250)}`, `${n} "quoted" ${"é".repeat(100)}`);
    for (let n = 0; n < 5; n++)
      await post(`${served.url}/api/send`, { channel: "demo:h", sender: long, message: envelope });
    const calls: [name: string, args: object][] = [
      ["receive", { channel: "demo:a", since_id: "beginning", limit: 500 }],
      ["receive", { channel: "demo:a", limit: 500 }],
      ["receive", { channel: "demo:h" }],
      ["wait", { channel: "demo:a", since_id: "beginning", limit: 500 }],
      ["wait", { channels: ["*"], since_id: "beginning", limit: 500 }],
      ["status", { per_channel: 50 }],
      ["channels", {}],
    ];
    for (const [name, args] of calls) {
      for (const budget of [2000, 8000, 30_000]) {
        const text = await tool(served, name, { ...args, max_chars: budget });
        expect([name, args, budget, text.isWellFormed()]).toEqual([name, args, budget, true]);
        expect([name, args, budget, Math.max(text.length, budget)]).toEqual([name, args, budget, budget]);
      }
    }
  });

  it("of a page bounds 500 of the largest messages", async () => {
    const served = await start();
    for (let n = 0; n < 40; n++) await send(served, "x".repeat(131_072));
    const response = await fetch(`${served.url}/api/messages?channel=demo:a&since_id=beginning&full=1&limit=500`);
    const body = await response.text();
    expect(body.length).toBeLessThan(4_300_000);
    expect(JSON.parse(body)).toMatchObject({ has_more: true, remaining: 8 });
  });

  it("of a send is the same over MCP as over HTTP: size, names and limits", async () => {
    const served = await start();
    const to = { channel: "demo:a", sender: "mac" };
    expect(await tool(served, "send", { ...to, content: "x".repeat(131_073) })).toMatch(/^error: too_large: content/);
    expect(await tool(served, "send", { ...to, content: "x", channel: "c".repeat(257) })).toMatch(/^error: .*channel/);
    expect(await tool(served, "receive", { channel: "demo:a", limit: -1 })).toMatch(/^error: .*limit/);
    const response = await fetch(`${served.url}/mcp`, {
      method: "POST",
      headers: { ...json, ...mcp },
      body: "[".repeat(300_000),
    });
    expect(response.status).toBe(413);
  });
});
