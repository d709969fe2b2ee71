import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { connect, type ConnectOptions, type Subscribe } from "../src/client/index.ts";
import { createMemoryStore } from "../src/stores/memory.ts";
import { type Collected, collect } from "./support/collect.ts";
import { type Served, type ServeOptions, serve } from "./support/face.ts";
import { says, startStranger } from "./support/stranger.ts";

/** What a subscription promises on a bridge that stays. What breaks is in test/client-breaks.test.ts. */

let served: Served;
let open: Collected[] = [];
const start = async (options: ServeOptions = {}) => {
  served = await serve(options);
};
beforeEach(() => start());
afterEach(async () => {
  for (const subscription of open) await subscription.leave();
  open = [];
  expect(served.errors).toEqual([]);
  await served.close();
});

const bridgeHere = (more: Partial<ConnectOptions> = {}) =>
  connect({ url: served.url, sender: "mac", backoff: { firstMs: 1, mostMs: 5 }, ...more });
const send = (content: string, channel = "demo:a") => bridgeHere().send({ channel, content });

function subscribe(wanted: Subscribe = { channels: ["demo:a"] }, more: Partial<ConnectOptions> = {}): Collected {
  const subscription = collect(bridgeHere(more), wanted);
  open.push(subscription);
  return subscription;
}

async function subscribeLive(...wanted: Parameters<typeof subscribe>): Promise<Collected> {
  const subscription = subscribe(...wanted);
  await expect.poll(() => subscription.kinds).toContain("live");
  return subscription;
}

describe("a subscription", () => {
  it("gives what comes from now on, as it was stored", async () => {
    await send("old");
    const subscription = await subscribeLive();
    const { id } = await send("new é 🚀");
    await expect.poll(() => subscription.entries).toHaveLength(1);
    const stored = await served.bridge.store.find(id);
    expect(subscription.entries).toMatchObject([{ ...stored, preview: "new é 🚀", isJson: false }]);
    expect(subscription.kinds).toEqual(["connecting", "live"]);
  });

  it("gives everything after a cursor, or from the beginning, and goes on", async () => {
    const { id } = await send("one");
    await send("two");
    const after = await subscribeLive({ channels: ["demo:a"], after: id });
    const all = await subscribeLive({ channels: ["demo:a"], after: "beginning" });
    await send("three");
    await expect.poll(() => after.contents).toEqual(["two", "three"]);
    await expect.poll(() => all.contents).toEqual(["one", "two", "three"]);
  });

  it("reads names as they are, and patterns", async () => {
    const channels = ["a,b", "x*", "with/slash é?&"];
    const subscription = await subscribeLive({ channels, patterns: ["demo:*"] });
    for (const channel of [...channels, "demo:any", "xy", "a", "b"]) await send(channel, channel);
    await send("last", "demo:any");
    await expect.poll(() => subscription.contents).toEqual([...channels, "demo:any", "last"]);
  });

  it("tells of a clear, with its place in the log", async () => {
    await send("gone");
    const subscription = await subscribeLive();
    await bridgeHere().clear("demo:a");
    const { seq } = await send("after");
    await expect.poll(() => subscription.contents).toEqual(["cleared", "after"]);
    expect(subscription.entries[0]).toMatchObject({ kind: "cleared", count: 1, channel: "demo:a", prev: 1, seq: 2 });
    expect(subscription.entries[1]).toMatchObject({ seq, prev: 2 });
  });

  it("comes again by itself, at once, while it is further behind than a bridge sends in one go", async () => {
    await served.close();
    await start({ caps: { streamReplayLimit: 3 } });
    const missed = Array.from({ length: 10 }, (_, n) => `${n}`);
    for (const content of missed) await send(content);
    const subscription = await subscribeLive({ channels: ["demo:a"], after: "beginning" });
    await send("live");
    await expect.poll(() => subscription.contents).toEqual([...missed, "live"]);
    expect(subscription.kinds).not.toContain("retrying");
  });

  it("tells of messages that were deleted by age before it could read them", async () => {
    const store = createMemoryStore();
    await served.close();
    await start({ store });
    const first = await send("first");
    await send("missed");
    await send("kept");
    await store.prune(Number.MAX_SAFE_INTEGER, 2);
    const subscription = await subscribeLive({ channels: ["demo:a"], after: first.id });
    await expect.poll(() => subscription.contents).toEqual(["gap", "kept"]);
    expect(subscription.entries[0]).toEqual({ kind: "gap", channel: "demo:a", after: 1, upTo: 2 });
  });

  it("shows its token, which may be new each time", async () => {
    await served.close();
    await start({ token: "s3cret" });
    const subscription = await subscribeLive({ channels: ["demo:a"] }, { token: async () => "s3cret" });
    await bridgeHere({ token: "s3cret" }).send({ channel: "demo:a", content: "hello" });
    await expect.poll(() => subscription.contents).toEqual(["hello"]);
  });
});

describe("a subscription ends", () => {
  const streams = async () => (await bridgeHere().state()).openStreams;

  it("by its signal, without an error, and leaves the bridge", async () => {
    const stop = new AbortController();
    const subscription = await subscribeLive({ channels: ["demo:a"], signal: stop.signal });
    expect(await streams()).toBe(1);
    stop.abort();
    await expect(subscription.ended).resolves.toBeUndefined();
    expect(subscription.states.at(-1)).toEqual({ kind: "ended" });
    await expect.poll(streams).toBe(0);
  });

  it("by its signal at the entry at which it aborts, whatever else has come with that", async () => {
    for (let n = 0; n < 20; n++) await send(`${n}`);
    const stop = new AbortController();
    const taken: unknown[] = [];
    const { signal } = stop;
    for await (const entry of bridgeHere().subscribe({ channels: ["demo:a"], after: "beginning", signal })) {
      taken.push(entry);
      if (taken.length === 2) stop.abort();
    }
    expect(taken).toMatchObject([{ content: "0" }, { content: "1" }]);
  });

  it("when its caller breaks off, and leaves the bridge", async () => {
    await send("one");
    for await (const entry of bridgeHere().subscribe({ channels: ["demo:a"], after: "beginning" })) {
      expect(entry).toMatchObject({ content: "one" });
      break;
    }
    await expect.poll(streams).toBe(0);
  });

  it("before it began, if its signal has aborted", async () => {
    const subscription = subscribe({ channels: ["demo:a"], signal: AbortSignal.abort() });
    await expect(subscription.ended).resolves.toBeUndefined();
    expect(subscription.kinds).toEqual(["ended"]);
  });

  it.each([
    ["a cursor that the bridge does not know", { channels: ["demo:a"], after: "nope" }, "cursor_stale"],
    ["no channel", {}, "invalid_input"],
    ["a channel that none can have", { channels: [" x"] }, "invalid_input"],
    ["a pattern that cannot be asked for", { patterns: ["a,*"] }, "invalid_input"],
    ["more than 64 channels", { channels: Array.from({ length: 65 }, (_, n) => `c${n}`) }, "invalid_input"],
    ["a broken cursor", { channels: ["demo:a"], after: "\ud800" }, "invalid_input"],
  ])("for %s", async (_name, wanted, code) => {
    const subscription = subscribe(wanted);
    await expect(subscription.ended).rejects.toMatchObject({ code });
    expect(subscription.states.at(-1)).toMatchObject({ kind: "ended", error: { code } });
  });

  it("for a cursor of another channel", async () => {
    const { id } = await send("theirs", "demo:b");
    await expect(subscribe({ channels: ["demo:a"], after: id }).ended).rejects.toMatchObject({ code: "cursor_stale" });
  });

  it("for a missing or wrong token", async () => {
    await served.close();
    await start({ token: "s3cret" });
    await expect(subscribe().ended).rejects.toMatchObject({ code: "unauthorized", status: 401 });
    const wrong = subscribe({ channels: ["demo:a"] }, { token: "wrong" });
    await expect(wrong.ended).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("for a refusal that only a newer bridge has", async () => {
    const { url, close } = await startStranger(says(403, { error: "no", code: "not_today" }));
    onTestFinished(close);
    await expect(subscribe({ channels: ["demo:a"] }, { url }).ended).rejects.toMatchObject({ code: "not_today" });
  });

  it("for what its caller throws when it is told of a state", async () => {
    const subscription = bridgeHere().subscribe({
      channels: ["demo:a"],
      onState({ kind }) {
        if (kind === "live") throw new Error("mine");
      },
    });
    await expect(subscription.next()).rejects.toThrow("mine");
    await expect.poll(streams).toBe(0);
  });
});
