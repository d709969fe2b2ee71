import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { connect, type ConnectOptions, type Fetch, type Subscribe } from "../src/client/index.ts";
import { createMemoryStore } from "../src/stores/memory.ts";
import { type Chaos, type ChaosProxy, startChaosProxy } from "./crash/chaos-proxy.ts";
import { type Collected, collect } from "./support/collect.ts";
import { type Served, type ServeOptions, serve } from "./support/face.ts";
import { createHeldTimer } from "./support/held-timer.ts";
import { hangsUp, says, saysNothing, startStranger } from "./support/stranger.ts";

/** What a subscription promises when its connection breaks. test/crash has the same under load, and kills the bridge. */

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

const quickly = { backoff: { firstMs: 1, mostMs: 5 } };
const bridgeHere = (more: Partial<ConnectOptions> = {}) =>
  connect({ url: served.url, sender: "mac", ...quickly, ...more });
const send = (content: string, channel = "demo:a") => bridgeHere().send({ channel, content });
const port = () => Number(new URL(served.url).port);

function subscribe(wanted: Subscribe, more: Partial<ConnectOptions>): Collected {
  const subscription = collect(bridgeHere(more), wanted);
  open.push(subscription);
  return subscription;
}

/** To the bridge through a proxy whose n-th connection suffers the n-th of `faults`; later ones suffer nothing. */
async function through(...faults: readonly Chaos[]): Promise<ChaosProxy> {
  const proxy = await startChaosProxy(port(), (n) => faults[n] ?? { kind: "none" });
  onTestFinished(() => proxy.close());
  return proxy;
}

/** A way to the bridge that can be cut: what is on it breaks, and what comes then finds nobody, or the next bridge. */
function createWay(url = served.url, nextUrl = url) {
  let at = url;
  let cut = new AbortController();
  let isOpen = true;
  const way: Fetch = (to, init) => {
    if (!isOpen) return Promise.reject(new TypeError("nobody there"));
    const signals = [cut.signal, ...(init.signal == null ? [] : [init.signal])];
    return fetch(to.replace(url, at), { ...init, signal: AbortSignal.any(signals) });
  };
  return {
    fetch: way,
    close() {
      isOpen = false;
      at = nextUrl;
      cut.abort(new TypeError("cut"));
    },
    open() {
      cut = new AbortController();
      isOpen = true;
    },
  };
}

describe("a subscription whose connection breaks", () => {
  it("misses nothing, also when nothing had come before", async () => {
    await send("old");
    const way = createWay();
    const wanted = [{ channels: ["demo:a"] }, { patterns: ["demo:*"] }, { channels: ["demo:new"] }];
    const [named, wide, fresh] = wanted.map((scope) => subscribe(scope, way));
    await expect.poll(() => open.every(({ kinds }) => kinds.includes("live"))).toBe(true);
    way.close();
    await expect.poll(() => open.every(({ kinds }) => kinds.includes("retrying"))).toBe(true);
    await send("missed");
    await send("first of all", "demo:new");
    way.open();
    await expect.poll(() => named?.contents).toEqual(["missed"]);
    await expect.poll(() => wide?.contents).toEqual(["missed", "first of all"]);
    await expect.poll(() => fresh?.contents).toEqual(["first of all"]);
  });

  it("says when it tries again and why, again and again", async () => {
    const { url, close } = await startStranger(hangsUp);
    onTestFinished(close);
    const subscription = subscribe({ channels: ["demo:a"] }, { url });
    await expect.poll(() => subscription.states.length).toBeGreaterThan(20);
    expect(subscription.kinds.slice(0, 4)).toEqual(["connecting", "retrying", "connecting", "retrying"]);
    const [, retrying] = subscription.states;
    expect(retrying).toMatchObject({ error: { code: "unreachable", retryable: true }, afterMs: expect.any(Number) });
  });

  it("comes back after refusals that pass, as late as it is asked to", async () => {
    const full = says(503, { error: "full", code: "streams_full" }, { "Retry-After": "3" });
    const { url, close } = await startStranger(full, says(500, { error: "oh", code: "internal" }), hangsUp);
    onTestFinished(close);
    const { timer, held, fire } = createHeldTimer();
    const subscription = subscribe({ channels: ["demo:a"] }, { url, timer });
    const pauses = () => held().filter((ms) => ms >= 3000 && ms <= 3001);
    await expect.poll(pauses).toHaveLength(1);
    expect(subscription.states.at(-1)).toMatchObject({ kind: "retrying", error: { code: "streams_full" } });
    for (const ms of pauses()) fire(ms);
    await expect.poll(() => subscription.states.length).toBeGreaterThan(6);
    const codes = subscription.states.flatMap((state) => (state.kind === "retrying" ? [state.error.code] : []));
    expect(codes.slice(0, 3)).toEqual(["streams_full", "internal", "unreachable"]);
  });

  it("makes a try that it waits for at once when it is hurried", async () => {
    const full = says(503, { error: "full", code: "streams_full" }, { "Retry-After": "3" });
    const there = await startStranger(full);
    onTestFinished(there.close);
    const { timer, held } = createHeldTimer();
    let retry = () => {};
    const hurry = (now: () => void) => {
      retry = now;
      return () => (retry = () => {});
    };
    subscribe({ channels: ["demo:a"], hurry }, { url: there.url, timer });
    await expect.poll(() => held().some((ms) => ms >= 3000 && ms < 3002)).toBe(true);
    expect(there.requests).toBe(1);
    retry();
    await expect.poll(() => there.requests).toBe(2);
  });

  it("notices a connection on which nothing comes any more", async () => {
    const proxy = await through({ kind: "half-open", afterBytes: 4000, forMs: 600_000 });
    const { timer, fire } = createHeldTimer();
    const subscription = subscribe({ channels: ["demo:a"] }, { url: proxy.url, timer });
    await expect.poll(() => subscription.kinds).toContain("live");
    const sent = Array.from({ length: 20 }, (_, n) => `message ${n}`);
    for (const content of sent) await send(content);
    await expect.poll(() => subscription.contents.length).toBeGreaterThan(0);
    expect(subscription.contents.length).toBeLessThan(20);
    const whole = () => {
      fire(37_500);
      return subscription.contents;
    };
    await expect.poll(whole).toEqual(sent);
    expect(subscription.states).toContainEqual(
      expect.objectContaining({ kind: "retrying", error: expect.objectContaining({ code: "unreachable" }) }),
    );
  });

  it("notices a bridge that does not answer", async () => {
    const { url, close } = await startStranger(saysNothing, hangsUp);
    onTestFinished(close);
    const { timer, held, fire } = createHeldTimer();
    const subscription = subscribe({ channels: ["demo:a"] }, { url, timer, answerMs: 9000 });
    await expect.poll(held).toContain(9000);
    fire(9000);
    await expect.poll(() => subscription.kinds).toContain("retrying");
  });

  it("does not lose its place when the channel is cleared meanwhile, nor tell of one clear twice", async () => {
    const way = createWay();
    await send("one");
    const subscription = subscribe({ channels: ["demo:a"], after: "beginning" }, way);
    await expect.poll(() => subscription.contents).toEqual(["one"]);
    way.close();
    await bridgeHere().clear("demo:a");
    await send("two");
    way.open();
    await expect.poll(() => subscription.contents).toEqual(["one", "cleared", "two"]);
    await bridgeHere().clear("demo:a");
    await expect.poll(() => subscription.contents).toEqual(["one", "cleared", "two", "cleared"]);
    way.close();
    await expect.poll(() => subscription.kinds.filter((kind) => kind === "retrying").length).toBeGreaterThan(1);
    way.open();
    await send("three");
    await expect.poll(() => subscription.contents).toEqual(["one", "cleared", "two", "cleared", "three"]);
  });

  it("tells of what was deleted by age meanwhile, in each channel", async () => {
    const store = createMemoryStore();
    const [first, second] = [await serve({ store: { ...store, close: async () => {} } }), await serve({ store })];
    onTestFinished(() => second.close());
    const way = createWay(first.url, second.url);
    const bridge = connect({ url: second.url, sender: "mac" });
    const sendAll = async (...channels: readonly string[]) => {
      for (const channel of channels) await bridge.send({ channel, content: channel });
    };
    const subscription = subscribe({ patterns: ["*"], after: "beginning" }, { url: first.url, ...way });
    await sendAll("a", "b");
    await expect.poll(() => subscription.contents).toEqual(["a", "b"]);
    way.close();
    await first.close();
    await sendAll("a", "a", "b", "c");
    await store.prune(Number.MAX_SAFE_INTEGER, 6);
    await sendAll("a", "b", "c", "d");
    way.open();
    await expect.poll(() => subscription.contents.slice(2)).toEqual(["gap", "a", "gap", "b", "gap", "c", "d"]);
  });

  it("ends when another bridge stands at its address, which knows nothing of its place", async () => {
    const other = await serve();
    onTestFinished(() => other.close());
    const way = createWay(served.url, other.url);
    const subscription = subscribe({ channels: ["demo:a"] }, way);
    await expect.poll(() => subscription.kinds).toContain("live");
    await send("one");
    await expect.poll(() => subscription.contents).toEqual(["one"]);
    way.close();
    way.open();
    await expect(subscription.ended).rejects.toMatchObject({ code: "cursor_stale" });
  });
});

describe("a caller that takes its time", () => {
  it("is cut off by the bridge rather than hold what it has not read, and then gets the rest", async () => {
    // The bridge's patience with it is a minute, which the test does not have.
    const timer = createHeldTimer().timer;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const own = bridgeHere({ timer });
    const kinds: string[] = [];
    const subscription = own.subscribe({
      channels: ["demo:a"],
      after: "beginning",
      onState: ({ kind }) => kinds.push(kind),
    });
    const count = 300;
    const contentOf = (n: number) => `${n}`.padEnd(100_000, ".");
    await own.send({ channel: "demo:a", content: contentOf(0) });
    expect((await subscription.next()).value).toMatchObject({ content: contentOf(0) });
    for (let n = 1; n < count; n++) await own.send({ channel: "demo:a", content: contentOf(n) });
    const streams = async () => {
      vi.advanceTimersByTime(60_000);
      return (await own.state()).openStreams;
    };
    await expect.poll(streams, { timeout: 10_000 }).toBe(0);

    const taken: string[] = [contentOf(0)];
    for await (const entry of subscription) {
      if (entry.kind === "message") taken.push(entry.content);
      if (taken.length === count) break;
    }
    expect(taken).toEqual(Array.from({ length: count }, (_, n) => contentOf(n)));
    expect(kinds).toContain("retrying");
  });
});
