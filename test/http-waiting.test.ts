import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { post, type Served, serve } from "./support/face.ts";

/** The wire contract of waiting and acknowledging over HTTP. */

const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const api = (path: string) => `${served.url}${path}`;
const get = async (path: string) => (await fetch(api(path))).json() as Promise<Record<string, unknown>>;
const send = async (channel: string, content: string, sender = "mac") =>
  (await post(api("/api/send"), { channel, sender, content })).json() as Promise<{ id: string; seq: number }>;

describe("GET /api/wait", () => {
  it("answers at once when something is there, with whole messages", async () => {
    await send("demo:a", "hello");
    expect(await get("/api/wait?channel=demo:a&consumer_id=win")).toMatchObject({
      channel: "demo:a",
      messages: [{ content: "hello", timestamp: expect.stringMatching(stamp), encoding: "legacy_text" }],
      next_cursor: expect.stringMatching(uuid),
      consumer_id: "win",
      timed_out: false,
      has_more: false,
    });
  });

  it("ends a wait that its client abandons", async () => {
    const stop = new AbortController();
    const waiting = fetch(api("/api/wait?channel=demo:a&consumer_id=win&timeout_seconds=55"), { signal: stop.signal });
    await expect.poll(() => get("/api/state")).toMatchObject({ open_waits: 1 });
    stop.abort();
    await expect(waiting).rejects.toThrow();
    await expect.poll(() => get("/api/state")).toMatchObject({ open_waits: 0 });
  });

  it.each([
    ["channel=demo:a", "since_id"],
    ["channel=demo:a&consumer_id=c&timeout_seconds=56", "timeout_seconds"],
    ["channel=demo:a&consumer_id=c&timeout_seconds=soon", "timeout_seconds"],
    ["channel=demo:a&consumer_id=c&limit=0", "limit"],
  ])("refuses %s, naming %s", async (query, field) => {
    const response = await fetch(api(`/api/wait?${query}`));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "invalid_input", field });
  });
});

describe("POST /api/ack", () => {
  it("moves the consumer and says where it is", async () => {
    const { id, seq } = await send("demo:a", "x");
    const answer = await post(api("/api/ack"), { consumer_id: "win", channel: "demo:a", message_id: id });
    expect(await answer.json()).toEqual({
      consumer_id: "win",
      channel: "demo:a",
      last_seq: seq,
      last_message_id: id,
      updated_at: expect.stringMatching(stamp),
      advanced: true,
    });
  });

  it("answers 404 for a message that is not in the channel", async () => {
    const { id } = await send("demo:b", "x");
    const answer = await post(api("/api/ack"), { consumer_id: "win", channel: "demo:a", message_id: id });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not_found", field: "message_id" });
  });
});
