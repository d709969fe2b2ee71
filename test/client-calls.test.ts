import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { BridgeError, connect, type ConnectOptions } from "../src/client/index.ts";
import type { RequestListener } from "node:http";
import { createMemoryStore } from "../src/stores/memory.ts";
import { type Served, type ServeOptions, serve } from "./support/face.ts";
import { createHeldTimer } from "./support/held-timer.ts";
import { hangsUp, says, saysHalf, saysNothing, startStranger } from "./support/stranger.ts";

/** The typed client's calls, beyond what every face promises, which test/faces.test.ts asks of it. */

let served: Served;
const start = async (options: ServeOptions = {}) => {
  served = await serve(options);
};
beforeEach(() => start());
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const quickly = { backoff: { firstMs: 1, mostMs: 5 } };
const bridgeHere = (more: Partial<ConnectOptions> = {}) =>
  connect({ url: served.url, sender: "mac", ...quickly, ...more });
const hello = { channel: "demo:a", content: "hello" };

async function stranger(...answers: readonly RequestListener[]) {
  const started = await startStranger(...answers);
  onTestFinished(() => started.close());
  return started;
}

/** What the calls fail with. */
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("what the calls answer", () => {
  it("is in the client's words, with times as numbers", async () => {
    const bridge = bridgeHere();
    const sent = await bridge.send(hello);
    expect(sent).toEqual({
      id: expect.any(String),
      seq: 1,
      channel: "demo:a",
      sender: "mac",
      acceptedAt: expect.any(Number),
      deduplicated: false,
      receipt: "stored",
    });
    const stored = await served.bridge.store.find(sent.id);
    expect(await bridge.find(sent.id)).toMatchObject({ ...stored, bytes: 5, contentParsed: null, isJson: false });
    expect((await bridge.messages({ channel: "demo:a" })).messages).toMatchObject([{ ...stored, preview: "hello" }]);
    const { channels, totalMessages } = await bridge.channels();
    expect(totalMessages).toBe(1);
    expect(channels).toEqual(await served.bridge.store.channels());
    expect(await bridge.clear("demo:a")).toEqual({ channel: "demo:a", cleared: 1 });
  });

  it("tells the state with its limits, and the status", async () => {
    const bridge = bridgeHere();
    expect(await bridge.state()).toMatchObject({
      service: "claude-bridge",
      totalMessages: 0,
      openStreams: 0,
      diskIsLow: false,
      limits: { maxStreams: 100, streamReplayLimit: 500 },
    });
    expect(await bridge.status()).toMatchObject({ status: "online", serverTime: expect.any(Number) });
  });

  it("keeps names as they are, whatever is in them", async () => {
    const bridge = bridgeHere();
    const channel = "a/b, c*:é 🚀 ?&#%";
    const { id } = await bridge.send({ channel, content: "x" });
    const page = await bridge.messages({ channel, sinceId: "beginning" });
    expect(page.lastIds).toEqual({ [channel]: id });
    await bridge.send({ channel: "last_ids", content: '{"snake_case": 1}' });
    const [message] = (await bridge.messages({ channel: "last_ids" })).messages;
    expect(message).toMatchObject({ content: '{"snake_case": 1}', encoding: "legacy_json" });
  });

  it("has the envelope as it was sent", async () => {
    const bridge = bridgeHere();
    const envelope = { schema_version: 1, type: "task", content: { a_b: [1] }, thread_id: "t" } as const;
    const { id } = await bridge.send({ channel: "demo:a", envelope });
    expect((await bridge.find(id)).envelope).toEqual(envelope);
    const short = await bridge.send({ ...hello, to: "win", type: "task", threadId: "t", replyTo: id });
    expect((await bridge.find(short.id)).envelope).toMatchObject({ recipient: "win", thread_id: "t", reply_to: id });
  });
});

describe("the token", () => {
  it("is sent, also one that a function brings, which is asked each time", async () => {
    await served.close();
    await start({ token: "s3cret" });
    const tokens = ["wrong", "s3cret"];
    const bridge = bridgeHere({ token: async () => tokens.shift() ?? "s3cret" });
    await expect(bridge.send(hello)).rejects.toMatchObject({ code: "unauthorized", status: 401 });
    await expect(bridge.send(hello)).resolves.toMatchObject({ seq: 1 });
    await expect(bridgeHere({ token: "s3cret" }).channels()).resolves.toMatchObject({ totalMessages: 1 });
    await expect(bridgeHere().channels()).rejects.toMatchObject({ code: "unauthorized" });
    await expect(bridgeHere().status()).resolves.toMatchObject({ status: "online" });
  });

  it("that a header cannot hold is refused without being shown", async () => {
    const error = await failureOf(bridgeHere({ token: "s3cret\n" + "x\0y" }).channels());
    expect(error).toMatchObject({ code: "invalid_input" });
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain("s3cret");
  });

  it("whose function fails, fails the call with that", async () => {
    const token = () => Promise.reject(new Error("the keychain is locked"));
    await expect(bridgeHere({ token }).send(hello)).rejects.toThrow("the keychain is locked");
  });
});

describe("a refusal", () => {
  it("is a BridgeError with the bridge's code and field, and is not tried again", async () => {
    const error = await failureOf(bridgeHere().send({ channel: " x", content: "y" }));
    expect(error).toBeInstanceOf(BridgeError);
    expect(error).toMatchObject({ code: "invalid_input", field: "channel", status: 400, retryable: false });
    await expect(bridgeHere().find("nope")).rejects.toMatchObject({ code: "not_found" });
  });

  it("keeps a code that only a newer bridge has", async () => {
    const { url } = await stranger(says(418, { error: "no", code: "teapot", field: "pot" }));
    await expect(bridgeHere({ url }).channels()).rejects.toMatchObject({ code: "teapot", field: "pot", message: "no" });
  });

  it.each([
    [401, "unauthorized"],
    [403, "forbidden"],
    [404, "not_found"],
    [500, "internal"],
    [302, "unexpected_answer"],
  ])("of a proxy, with no more than the status %i, is %s", async (status, code) => {
    const there = await stranger(says(status, "<html>"));
    await expect(bridgeHere({ url: there.url }).channels()).rejects.toMatchObject({ code, status, retryable: false });
    expect(there.requests).toBe(1);
  });

  it.each(["localhost:8765", "ftp://localhost", "http://user:pass@localhost", ""])(
    "of the URL %j comes at once",
    (url) => {
      expect(() => connect({ url })).toThrow(expect.objectContaining({ code: "invalid_input", field: "url" }));
    },
  );

  it("of broken Unicode does not reach another channel", async () => {
    await expect(bridgeHere().messages({ channel: "a\ud800" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(bridgeHere().send({ channel: "a\ud800", content: "x" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(bridgeHere().find("\ud800")).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("comes for an answer in a form that no bridge has", async () => {
    const { url } = await stranger(says(200, { channels: "many" }));
    await expect(bridgeHere({ url }).channels()).rejects.toMatchObject({ code: "unexpected_answer", retryable: false });
  });
});

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
      async fetch(input, init) {
        const response = await fetch(input, init);
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
    const bridge = bridgeHere({ fetch: (input, init) => fetch(String(input).replace(served.url, url), init) });
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
