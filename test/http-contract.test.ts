import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { post, type Served, serve } from "./support/face.ts";

/** The wire contract of the original's HTTP API: names, shapes and words that its clients read. */

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

describe("GET /status", () => {
  it("tells everybody that it is a bridge, and nothing else", async () => {
    expect(await get("/status")).toEqual({
      service: "claude-bridge",
      status: "online",
      version: expect.any(String),
      server_time: expect.stringMatching(stamp),
    });
  });
});

describe("POST /api/send", () => {
  it("answers 200 with id, seq, channel and time", async () => {
    const response = await post(api("/api/send"), { channel: "demo:a", sender: "mac", content: "hi" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await response.json()).toMatchObject({
      id: expect.stringMatching(uuid),
      seq: 1,
      channel: "demo:a",
      ts: expect.stringMatching(stamp),
      deduplicated: false,
      receipt: "stored",
    });
  });

  it.each([
    [{ sender: "a", content: "x" }, "missing or empty: channel", "channel"],
    [{ channel: "c", content: "x" }, "missing or empty: sender", "sender"],
    [{ channel: "c", sender: "a" }, "missing or empty: content", "content"],
    [{ channel: "c", sender: "a", content: 7 }, "missing or empty: content", "content"],
  ])("names the first field that is missing: %j", async (body, error, field) => {
    const response = await post(api("/api/send"), body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error, code: "invalid_input", field });
  });

  it("refuses a body that is no JSON in the original's words", async () => {
    const response = await post(api("/api/send"), "{oops");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "invalid JSON body" });
  });

  it("takes 131072 bytes of text and refuses one more", async () => {
    const whole = "é".repeat(65_536);
    const { id } = await send("demo:a", whole);
    expect(await get(`/api/messages/${id}`)).toMatchObject({ content: whole, bytes: 131_072 });
    const response = await post(api("/api/send"), { channel: "demo:a", sender: "mac", content: `${whole}x` });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: "content exceeds 131072 bytes", field: "content" });
  });

  it("refuses a body of more than 262144 bytes", async () => {
    const response = await post(api("/api/send"), { channel: "c", sender: "a", content: "x".repeat(262_144) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: "request body too large" });
  });

  it("answers a repeated idempotency key with the first message, and a reused one with a conflict", async () => {
    const body = { channel: "demo:a", sender: "mac", content: "once", idempotency_key: "k1" };
    const first = (await (await post(api("/api/send"), body)).json()) as { id: string };
    expect(await (await post(api("/api/send"), body)).json()).toMatchObject({ id: first.id, deduplicated: true });
    const conflict = await post(api("/api/send"), { ...body, content: "other" });
    expect(conflict.status).toBe(409);
    expect(await conflict.json()).toMatchObject({ code: "idempotency_conflict", field: "idempotency_key" });
  });

  it("stores an envelope as canonical JSON that older readers can read", async () => {
    const message = { type: "task", schema_version: 1, content: { b: 1, a: [true] }, recipient: "win" };
    const response = await post(api("/api/send"), { channel: "demo:a", sender: "mac", message });
    const { id } = (await response.json()) as { id: string };
    expect(await get(`/api/messages/${id}`)).toMatchObject({
      content: '{"content":{"a":[true],"b":1},"recipient":"win","schema_version":1,"type":"task"}',
      encoding: "structured",
      is_json: true,
      message,
    });
  });
});

describe("GET /api/messages", () => {
  it("lists the newest, oldest first, as rows with previews", async () => {
    const { id } = await send("demo:a", "x".repeat(201));
    const { messages, channel } = (await get("/api/messages?channel=demo:a")) as {
      messages: object[];
      channel: string;
    };
    expect(channel).toBe("demo:a");
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      seq: 1,
      id,
      ts: expect.stringMatching(stamp),
      ts_full: expect.stringMatching(stamp),
      sender: "mac",
      is_json: false,
      preview: `${"x".repeat(200)}…`,
    });
    expect(messages[0]).not.toHaveProperty("content");
  });

  it("gives whole messages with full=1", async () => {
    await send("demo:a", '{"a":1}');
    const { messages } = await get("/api/messages?channel=demo:a&full=1");
    expect(messages).toMatchObject([{ content: '{"a":1}', is_json: true, encoding: "legacy_json" }]);
  });

  it.each([
    ["0", 1],
    ["-5", 1],
    ["abc", 50],
    ["9999", 60],
    ["2", 2],
  ])("clamps limit=%s as the original does, to %i of 60", async (limit, count) => {
    for (let n = 0; n < 60; n++) await send("demo:a", `${n}`);
    const { messages } = (await get(`/api/messages?channel=demo:a&limit=${limit}`)) as { messages: unknown[] };
    expect(messages).toHaveLength(count);
  });

  it("says what a page leaves out, and where the next one starts", async () => {
    const first = await send("demo:a", "one");
    const second = await send("demo:a", "two");
    await send("demo:a", "three");
    expect(await get(`/api/messages?channel=demo:a&since_id=${first.id}&limit=1`)).toMatchObject({
      messages: [{ preview: "two" }],
      next_cursor: second.id,
      has_more: true,
      remaining: 1,
    });
    expect(await get("/api/messages?channel=demo:a&limit=2")).toMatchObject({ has_more: true, remaining: 1 });
    expect(await get("/api/messages?channel=demo:a")).toMatchObject({ has_more: false, remaining: 0 });
  });

  it("answers a stale cursor with a warning, not with an error", async () => {
    await send("demo:a", "one");
    const response = await fetch(api("/api/messages?channel=demo:a&since_id=no-such-id"));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ channel: "demo:a", messages: [], warning: "since_id_not_found" });
  });

  it("takes no cursor of another channel", async () => {
    const { id } = await send("demo:b", "theirs");
    await send("demo:a", "ours");
    expect(await get(`/api/messages?channel=demo:a&since_id=${id}`)).toMatchObject({ warning: "since_id_not_found" });
  });

  it("asks for the channel in the original's words", async () => {
    const response = await fetch(api("/api/messages"));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "channel parameter required" });
  });

  it("has nothing in an empty channel", async () => {
    const page = await get("/api/messages?channel=nobody");
    expect(page).toMatchObject({ channel: "nobody", messages: [] });
    expect(page).not.toHaveProperty("next_cursor");
  });

  it("points whoever posts to it to /api/send", async () => {
    const response = await post(api("/api/messages"), {});
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET");
    expect(await response.json()).toMatchObject({ error: expect.stringContaining("/api/send") });
  });
});

describe("GET /api/messages/{id}", () => {
  it("gives one message whole, with its JSON taken apart", async () => {
    const { id } = await send("demo:a", '{"a":[1,2]}');
    expect(await get(`/api/messages/${id}`)).toMatchObject({
      seq: 1,
      id,
      channel: "demo:a",
      sender: "mac",
      ts: expect.stringMatching(stamp),
      is_json: true,
      content: '{"a":[1,2]}',
      content_parsed: { a: [1, 2] },
      bytes: 11,
    });
  });

  it("gives null for text that is no JSON", async () => {
    const { id } = await send("demo:a", "{not json}");
    expect(await get(`/api/messages/${id}`)).toMatchObject({ is_json: false, content_parsed: null });
  });

  it("does not know other ids", async () => {
    const response = await fetch(api("/api/messages/00000000-0000-4000-8000-000000000000"));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: "not found" });
  });
});

describe("GET /api/state", () => {
  it("shows channels by name, with group, count, last time and senders", async () => {
    await send("zeta", "x");
    await send("demo:a", "x", "win");
    await send("demo:a", "x", "mac");
    expect(await get("/api/state")).toMatchObject({
      service: "claude-bridge",
      status: "online",
      uptime_seconds: expect.any(Number),
      uptime_human: expect.stringMatching(/^\d\d:\d\d:\d\d$/),
      total_messages: 3,
      channels: [
        {
          id: "demo:a",
          group: "demo",
          name: "a",
          count: 2,
          last_ts_full: expect.stringMatching(stamp),
          senders: ["mac", "win"],
        },
        { id: "zeta", group: "", name: "zeta", count: 1 },
      ],
      sse_subscribers: 0,
      sse_dropped_events: 0,
      limits: { max_streams: 100, max_streams_per_channel: 25, stream_replay_limit: 500 },
      server_time: expect.stringMatching(stamp),
    });
  });
});

describe("POST /api/undo", () => {
  it("brings back what a clear deleted, once", async () => {
    await send("demo:a", "x");
    const { id } = (await (await post(api("/api/clear"), { channel: "demo:a" })).json()) as { id: string };
    const undone = await post(api("/api/undo"), { id });
    expect(await undone.json()).toEqual({ channel: "demo:a", restored: 1, seq: 3 });
    expect(await (await post(api("/api/undo"), { id })).json()).toMatchObject({ code: "conflict", field: "id" });
    const { messages } = (await (await fetch(api("/api/messages?channel=demo:a"))).json()) as { messages: object[] };
    expect(messages).toMatchObject([{ preview: "x" }]);
  });
});

describe("POST /api/clear", () => {
  it("says how many messages it deleted, 0 for an unknown channel", async () => {
    await send("demo:a", "x");
    expect(await (await post(api("/api/clear"), { channel: "demo:a" })).json()).toEqual({
      channel: "demo:a",
      cleared: 1,
      id: expect.any(String),
      undo_until: expect.stringMatching(stamp),
    });
    expect(await (await post(api("/api/clear"), { channel: "nobody" })).json()).toEqual({
      channel: "nobody",
      cleared: 0,
    });
    expect(await get("/api/state")).toMatchObject({ channels: [], total_messages: 0 });
  });
});
