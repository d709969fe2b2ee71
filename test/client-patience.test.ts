import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { connect, type ConnectOptions } from "../src/client/index.ts";
import type { RequestListener } from "node:http";
import { createMemoryStore } from "../src/stores/memory.ts";
import { failureOf, hello, quickly, stranger } from "./support/client.ts";
import { type Served, type ServeOptions, serve } from "./support/face.ts";
import { createHeldTimer } from "./support/held-timer.ts";
import { hangsUp, says, saysHalf, saysNothing } from "./support/stranger.ts";

/** What the typed client's calls do when something is in the way, and when they are not wanted any more. */

let served: Served;
const start = async (options: ServeOptions = {}) => {
  served = await serve(options);
};
beforeEach(() => start());
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const bridgeHere = (more: Partial<ConnectOptions> = {}) =>
  connect({ url: served.url, sender: "mac", ...quickly, ...more });

describe("what may pass", () => {
  const stored = {
    id: "i",
    seq: 1,
    channel: "c",
    sender: "s",
    timestamp: "2026-11-22T19:37:31.034000Z",
    receipt: "stored",
  };

  it.each([
    ["a connection that breaks", hangsUp],
    ["a proxy whose bridge is away", says(502, "<html>")],
    ["a bridge that is closing", says(503, { error: "e", code: "closing" }, { "Retry-After": "0" })],
    ["a full disk", says(507, { error: "e", code: "store_full" })],
    ["a limit", says(429, { error: "e", code: "limit_reached" })],
    ["a portal that answers for everybody", says(200, "<html>")],
  ])("is tried again: %s", async (_name, answer) => {
    const there = await stranger(answer, answer, says(200, stored));
    await expect(bridgeHere({ url: there.url }).send(hello)).resolves.toMatchObject({ seq: 1, deduplicated: false });
    expect(there.requests).toBe(3);
  });

  it("is told when the patience is over, with the last failure", async () => {
    const there = await stranger(says(503, { error: "busy", code: "store_busy" }));
    const { timer, held, fire } = createHeldTimer();
    const sending = failureOf(bridgeHere({ url: there.url, timer, patienceMs: 5000 }).send(hello));
    await expect.poll(() => there.requests).toBeGreaterThan(2);
    expect(held()).toContain(5000);
    fire(5000);
    expect(await sending).toMatchObject({ code: "store_busy", retryable: true, status: 503 });
    expect(held()).toEqual([]);
  });

  it("is told at once where there is no patience, and for a clear", async () => {
    const there = await stranger(hangsUp);
    await expect(bridgeHere({ url: there.url }).status({ patienceMs: 0 })).rejects.toMatchObject({
      code: "unreachable",
    });
    await expect(bridgeHere({ url: there.url }).clear("demo:a")).rejects.toMatchObject({ code: "unreachable" });
    expect(there.requests).toBe(2);
  });

  it("waits as long as it is asked to", async () => {
    const there = await stranger(says(503, { error: "e", code: "closing" }, { "Retry-After": "7" }), says(200, stored));
    const pauses: number[] = [];
    const { timer, fire } = createHeldTimer();
    const bridge = bridgeHere({
      url: there.url,
      timer(ms, act) {
        pauses.push(ms);
        return timer(ms, act);
      },
    });
    const sending = bridge.send(hello);
    const asked = () => pauses.find((ms) => ms >= 7000 && ms <= 7001);
    await expect.poll(asked).toBeDefined();
    fire(asked() ?? 0);
    await expect(sending).resolves.toMatchObject({ seq: 1 });
  });

  it("includes an answer that does not come", async () => {
    const there = await stranger(saysNothing, saysHalf, says(200, stored));
    const { timer, held, fire } = createHeldTimer();
    const sending = bridgeHere({ url: there.url, timer, answerMs: 9000 }).send(hello);
    for (const requests of [1, 2]) {
      await expect.poll(() => there.requests).toBe(requests);
      await expect.poll(held).toContain(9000);
      fire(9000);
    }
    await expect(sending).resolves.toMatchObject({ seq: 1 });
  });

  it("stores a message once, when the answer to the first try was lost", async () => {
    let isLost = false;
    const bridge = bridgeHere({
      async fetch(to, init) {
        const response = await fetch(to, init);
        if (isLost) return response;
        isLost = true;
        throw new TypeError("the network went away");
      },
    });
    const sent = await bridge.send(hello);
    expect(sent.deduplicated).toBe(true);
    expect((await bridge.messages({ channel: "demo:a" })).messages).toMatchObject([{ id: sent.id }]);
    await bridge.send(hello);
    expect((await bridge.messages({ channel: "demo:a" })).messages).toHaveLength(2);
  });
});

describe("a wait", () => {
  it("goes on with the same cursor when its bridge stops, and gives what the next one has", async () => {
    const store = createMemoryStore();
    const [first, second] = [await serve({ store: { ...store, close: async () => {} } }), await serve({ store })];
    onTestFinished(() => second.close());
    let url = first.url;
    const bridge = bridgeHere({ fetch: (to, init) => fetch(to.replace(served.url, url), init) });
    const openWaits = async () => (await bridge.state()).openWaits;
    const { id } = await bridge.send(hello);
    const waiting = bridge.wait({ channels: ["demo:*"], sinceId: id });
    await expect.poll(openWaits).toBe(1);
    url = second.url;
    await first.close();
    await expect.poll(openWaits, { timeout: 10_000 }).toBe(1);
    await bridge.send({ ...hello, content: "late" });
    expect(await waiting).toMatchObject({ messages: [{ content: "late" }], timedOut: false });
  });

  it("asks again when one request's time is over and its own is not", async () => {
    const empty = { messages: [], has_more: false, remaining: 0, timed_out: true };
    const seconds: (string | null)[] = [];
    const { url } = await stranger((request, response) => {
      seconds.push(new URL(request.url ?? "", "http://x").searchParams.get("timeout_seconds"));
      says(200, empty)(request, response);
    });
    const page = await bridgeHere({ url }).wait({ channel: "demo:a", consumerId: "c", timeoutSeconds: 120 });
    expect(page).toMatchObject({ timedOut: true, messages: [] });
    expect(seconds).toEqual(["55", "55", "10"]);
  });
});

describe("an abort", () => {
  const reason = new Error("enough");

  it.each([
    ["before it begins", says(200, {}), {}],
    ["while the token is fetched", says(200, {}), { token: () => new Promise<string>(() => {}) }],
    ["before the head", saysNothing, {}],
    ["within the body", saysHalf, {}],
    [
      "within a refusal",
      (_: unknown, response: Parameters<RequestListener>[1]) => void response.writeHead(500).write("{"),
      {},
    ],
    ["between tries", hangsUp, { backoff: { firstMs: 1e9, mostMs: 1e9 } }],
  ] as const)("%s rejects with its reason, and leaves nothing behind", async (when, answer, options) => {
    const there = await stranger(answer);
    const { timer, held } = createHeldTimer();
    const stop = new AbortController();
    if (when === "before it begins") stop.abort(reason);
    const call = failureOf(bridgeHere({ url: there.url, timer, ...options }).send(hello, { signal: stop.signal }));
    const hasBegun = () => there.requests > 0 || "token" in options || stop.signal.aborted;
    await expect.poll(hasBegun).toBe(true);
    for (let turn = 0; turn < 10; turn++) await nextTurn();
    stop.abort(reason);
    expect(await call).toBe(reason);
    expect(held()).toEqual([]);
  });

  it("ends a wait at the bridge", async () => {
    const bridge = bridgeHere();
    const stop = new AbortController();
    const waiting = failureOf(bridge.wait({ channel: "demo:a", consumerId: "c" }, { signal: stop.signal }));
    await expect.poll(async () => (await bridge.state()).openWaits).toBe(1);
    stop.abort(reason);
    expect(await waiting).toBe(reason);
    await expect.poll(async () => (await bridge.state()).openWaits).toBe(0);
  });
});
