import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messageId, mintEpoch } from "../src/core/message-id.ts";
import type { Message, Seq } from "../src/core/message.ts";
import { createMemoryStore } from "../src/stores/memory.ts";
import { post, type Served, type ServeOptions, serve } from "./support/face.ts";
import { openStream, type OpenStream } from "./support/stream.ts";

let served: Served;
let streams: OpenStream[] = [];

const start = async (options: ServeOptions = {}) => {
  served = await serve(options);
};
beforeEach(() => start());
afterEach(async () => {
  for (const stream of streams) stream.close();
  streams = [];
  expect(served.errors).toEqual([]);
  await served.close();
});

async function open(path: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  const stream = await openStream(`${served.url}${path}`, headers);
  streams.push(stream);
  return stream;
}

const send = async (content: string, channel = "demo:a") =>
  (await post(`${served.url}/api/send`, { channel, sender: "mac", content })).json() as Promise<{
    id: string;
    seq: number;
  }>;
const clear = (channel = "demo:a") => post(`${served.url}/api/clear`, { channel });
const contents = async (stream: OpenStream, count: number) =>
  (await stream.take(count)).map(({ data }) => data["content"]);

describe("the head", () => {
  it("comes at once, and keeps proxies from buffering or compressing", async () => {
    const { response } = await open("/events/channel/demo:a");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toContain("no-store");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });
});

describe("frames", () => {
  it("are spelled as the original's clients read them", async () => {
    const stream = await open("/events/channel/demo:a");
    const { id, seq } = await send("line1\nline2 é 🙂");
    const [frame] = await stream.take(1);
    const [idLine, eventLine, dataLine, ...rest] = (frame?.raw ?? "").split("\r\n");
    expect(idLine).toBe(`id: ${id}`);
    expect(eventLine).toBe("event: message");
    expect(dataLine).toContain(`data: {"seq": ${seq}, `);
    expect(dataLine).toContain(String.raw`"content": "line1\nline2 \u00e9 \ud83d\ude42", `);
    expect(rest).toEqual([]);
    expect(frame?.data).toMatchObject({
      id,
      channel: "demo:a",
      sender: "mac",
      is_json: false,
      preview: "line1\nline2 é 🙂",
    });
    expect(frame?.data["timestamp"]).toBe(frame?.data["ts"]);
  });

  it("tell of a clear, without an id", async () => {
    await send("gone");
    const stream = await open("/events/channel/demo:a");
    await clear();
    const [frame] = await stream.take(1);
    expect(frame?.raw).toMatch(
      /^event: clear\r\ndata: {"channel": "demo:a", "cleared": 1, "seq": 2, "prev": 1, "id": "[^"]+", "timestamp": "[^"]+", "by": "local"}$/,
    );
    const back = await open("/events/channel/demo:a", { "last-event-id": String(frame?.data["id"]) });
    await send("new");
    expect(await contents(back, 1)).toEqual(["new"]);
  });
});

describe("starting", () => {
  it("without a cursor sends nothing old", async () => {
    await send("old");
    const stream = await open("/events/channel/demo:a");
    await send("new");
    expect(await contents(stream, 1)).toEqual(["new"]);
  });

  it("without a cursor tells one in its head, for who must come again before a message came", async () => {
    const { id } = await send("old");
    const heads = await Promise.all([
      open("/events/channel/demo:a"),
      open("/events?channels=demo:*"),
      open("/events?channels=x:*"),
    ]);
    const cursors = heads.map(({ response }) => response.headers.get("claude-bridge-cursor"));
    expect(cursors).toEqual([id, id, "beginning"]);
    await send("missed");
    const stream = await open(`/events?channels=demo:*&since_id=${cursors[0]}`);
    expect(stream.response.headers.has("claude-bridge-cursor")).toBe(false);
    expect(await contents(stream, 1)).toEqual(["missed"]);
  });

  it("percent-encodes that cursor: an id that was imported may be any text", async () => {
    await served.close();
    const store = createMemoryStore();
    await start({ store: { ...store, tail: async () => [{ id: "№ 1" } as Message] } });
    const { response } = await open("/events/channel/demo:a");
    expect(response.headers.get("claude-bridge-cursor")).toBe("%E2%84%96%201");
  });

  it("replays after a cursor and goes on live, each message once", async () => {
    const first = await send("one");
    await send("two");
    const stream = await open(`/events/channel/demo:a?since_id=${first.id}`);
    await send("three");
    expect(await contents(stream, 2)).toEqual(["two", "three"]);
  });

  it("prefers Last-Event-ID to since_id", async () => {
    const first = await send("one");
    const second = await send("two");
    await send("three");
    const stream = await open(`/events/channel/demo:a?since_id=${first.id}`, { "last-event-id": second.id });
    expect(await contents(stream, 1)).toEqual(["three"]);
  });

  it("tells of a cursor that it does not know, then goes on live", async () => {
    await send("old");
    const stream = await open("/events/channel/demo:a?since_id=nope");
    await send("new");
    const [stale, next] = await stream.take(2);
    expect(stale?.raw).toBe('event: cursor_stale\r\ndata: {"since_id": "nope"}');
    expect(next?.data).toMatchObject({ content: "new" });
  });

  it("loses nothing of what came after a clear that deleted the cursor's message", async () => {
    const { id } = await send("seen");
    await clear();
    await send("missed");
    const stream = await open("/events/channel/demo:a", { "last-event-id": id });
    const [stale, ...rest] = await stream.take(3);
    expect(stale?.raw).toBe(`event: cursor_stale\r\ndata: {"since_id": "${id}", "seq": 1}`);
    expect(rest.map(({ event }) => event)).toEqual(["clear", "message"]);
  });

  it("does not resume by the place of a message in another channel", async () => {
    const { id } = await send("theirs", "demo:b");
    await send("old");
    const stream = await open("/events/channel/demo:a", { "last-event-id": id });
    await send("new");
    const [stale, next] = await stream.take(2);
    expect(stale?.event).toBe("cursor_stale");
    expect(next?.data).toMatchObject({ content: "new" });
  });

  it("does not take an id of another bridge for its own", async () => {
    await send("old");
    const foreign = messageId(mintEpoch(), 1 as Seq);
    const stream = await open(`/events/channel/demo:a?since_id=${foreign}`);
    await send("new");
    expect((await stream.take(2)).map(({ event, data }) => data["content"] ?? event)).toEqual(["cursor_stale", "new"]);
  });
});

describe("a reader that is far behind", () => {
  it("gets a bounded replay and the end, and comes again until it has everything once", async () => {
    await served.close();
    await start({ caps: { streamReplayLimit: 2 } });
    const { id } = await send("0");
    for (const content of ["1", "2", "3"]) await send(content);
    const first = await (await open(`/events/channel/demo:a?since_id=${id}`)).take(10);
    expect(first.map(({ data, event }) => data["content"] ?? event)).toEqual(["1", "2", "replay_truncated"]);
    expect(first[2]?.raw).toBe('event: replay_truncated\r\ndata: {"limit": 2}');
    const again = await open("/events/channel/demo:a", { "last-event-id": first[1]?.id ?? "" });
    await send("4");
    expect(await contents(again, 2)).toEqual(["3", "4"]);
  });
});

describe("channel names", () => {
  it.each(["with/slash", "per%cent", "sp ace", "q?mark#hash", "日本語:役", "a*b", "..x"])(
    "may be %s",
    async (channel) => {
      const stream = await open(`/events/channel/${encodeURIComponent(channel)}`);
      await send("here", channel);
      expect(await contents(stream, 1)).toEqual(["here"]);
    },
  );

  it("may have a raw slash in the path", async () => {
    const stream = await open("/events/channel/team/build:ci");
    await send("here", "team/build:ci");
    expect(await contents(stream, 1)).toEqual(["here"]);
  });
});

describe("several channels in one stream", () => {
  it("come in the order in which they were stored, by names and patterns", async () => {
    const stream = await open("/events?channels=demo:*,plain");
    await send("1", "demo:b");
    await send("no", "other");
    await send("2", "plain");
    await send("3", "demo:a");
    expect(await contents(stream, 3)).toEqual(["1", "2", "3"]);
  });

  it("resume from one cursor, whichever channel it is of", async () => {
    await send("1", "demo:a");
    const { id } = await send("2", "demo:b");
    await send("3", "demo:a");
    const stream = await open("/events?channels=demo:*", { "last-event-id": id });
    await send("4", "demo:b");
    expect(await contents(stream, 2)).toEqual(["3", "4"]);
  });

  it("are named exactly with channel=", async () => {
    const stream = await open(`/events?channel=${encodeURIComponent("a*,b")}`);
    await send("no", "ax,b");
    await send("yes", "a*,b");
    expect(await contents(stream, 1)).toEqual(["yes"]);
  });

  it("must be named", async () => {
    const { response } = await open("/events");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ field: "channels" });
  });
});

describe("caps", () => {
  it("of a channel are looked at first, then those of the whole bridge", async () => {
    await served.close();
    await start({ caps: { maxStreams: 2, maxStreamsPerChannel: 1 } });
    await open("/events/channel/demo:a");
    const second = await open("/events/channel/demo:a");
    expect(second.response.status).toBe(503);
    expect(await second.response.json()).toMatchObject({ error: "channel 'demo:a' has reached its subscriber cap" });
    await open("/events/channel/demo:b");
    const third = await open("/events/channel/demo:c");
    expect(third.response.status).toBe(503);
    expect(third.response.headers.get("retry-after")).toBe("1");
    expect(await third.response.json()).toMatchObject({ error: "server subscriber cap reached" });
  });

  it("are free again when a reader leaves", async () => {
    await served.close();
    await start({ caps: { maxStreams: 1 } });
    const first = await open("/events/channel/demo:a");
    first.close();
    await expect.poll(async () => (await open("/events/channel/demo:a")).response.status).toBe(200);
  });
});

describe("the end", () => {
  it("comes when the bridge closes", async () => {
    const stream = await open("/events/channel/demo:a");
    const rest = stream.take(1);
    await served.close();
    expect(await rest).toEqual([]);
  });
});
