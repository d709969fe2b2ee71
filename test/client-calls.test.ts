import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BridgeError, connect, type ConnectOptions } from "../src/client/index.ts";
import { maxContentBytes, maxPageText } from "../src/core/limits.ts";
import { failureOf, hello, quickly, stranger } from "./support/client.ts";
import { type Served, type ServeOptions, serve } from "./support/face.ts";
import { says } from "./support/stranger.ts";

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

const bridgeHere = (more: Partial<ConnectOptions> = {}) =>
  connect({ url: served.url, sender: "mac", ...quickly, ...more });

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
      receipts: [],
      next: "It is for nobody in particular: whoever reads the channel sees it.",
      note: undefined,
      warnings: [],
    });
    const stored = await served.bridge.store.find(sent.id);
    expect(await bridge.find(sent.id)).toMatchObject({ ...stored, bytes: 5, contentParsed: null, isJson: false });
    expect((await bridge.messages({ channel: "demo:a" })).messages).toMatchObject([{ ...stored, preview: "hello" }]);
    const { channels, totalMessages } = await bridge.channels();
    expect(totalMessages).toBe(1);
    expect(channels).toEqual(await served.bridge.store.channels());
    const { undo, ...cleared } = await bridge.clear("demo:a");
    expect(cleared).toEqual({ channel: "demo:a", cleared: 1 });
    expect(undo?.until).toBeGreaterThan(sent.acceptedAt);
    expect(await bridge.undo(undo?.id ?? "")).toEqual({ channel: "demo:a", restored: 1 });
    await expect(bridge.undo(undo?.id ?? "")).rejects.toMatchObject({ code: "conflict", field: "id" });
  });

  it("is of a search rows with their snippets, and the query's parts", async () => {
    const bridge = bridgeHere();
    await bridge.send(hello);
    await bridge.send({ ...hello, content: "hello again" });
    const first = await bridge.search({ query: "hello -from:pi", limit: 1 });
    expect(first).toMatchObject({
      messages: [{ seq: 2, sender: "mac", snippet: { text: "hello again", matches: [{ start: 0, end: 5 }] } }],
      next: 2,
      parts: [
        { kind: "text", value: "hello", negated: false, start: 0, end: 5 },
        { kind: "from", value: "pi", negated: true, start: 6, end: 14 },
      ],
    });
    const second = await bridge.search({ query: "hello -from:pi", limit: 1, before: first.next });
    expect(second).toMatchObject({ messages: [{ seq: 1 }], next: undefined });
    await expect(bridge.search({ query: "nope:x" })).rejects.toMatchObject({ code: "invalid_input", field: "q" });
  });

  it("is of a search whole messages with their receipts where those are asked for", async () => {
    const bridge = bridgeHere();
    const text = "x".repeat(300);
    await bridgeHere({ agent: "win" }).announce({});
    const first = await bridge.send({ ...hello, content: text, to: "win" });
    const second = await bridge.send(hello);
    const { messages } = await bridge.search({ full: true, receipts: true });
    expect(messages).toMatchObject([
      { id: second.id, content: "hello", receipts: [] },
      { id: first.id, envelope: { content: text, recipient: "win" }, receipts: [{ agent: "win", why: "addressed" }] },
    ]);
    expect((await bridge.search({ before: second.id })).messages).toMatchObject([
      { id: first.id, receipts: undefined },
    ]);
    await bridge.clear("demo:a");
    expect((await bridge.search({ before: second.id })).messages).toEqual([]);
    await expect(bridge.search({ before: "nope" })).rejects.toMatchObject({ code: "not_found", field: "before" });
  });

  it("is of a search in full as much text as a page holds, and where to go on", async () => {
    const bridge = bridgeHere();
    const content = "y".repeat(maxContentBytes);
    const fitting = maxPageText / maxContentBytes;
    await Promise.all(Array.from({ length: fitting + 1 }, () => bridge.send({ ...hello, content })));
    const first = await bridge.search({ full: true, limit: 100 });
    expect(first.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: fitting }, (_, at) => fitting + 1 - at));
    const rest = await bridge.search({ full: true, limit: 100, before: first.next });
    expect(rest).toMatchObject({ messages: [{ seq: 1 }], next: undefined });
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
