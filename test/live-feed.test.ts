import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { connect } from "../src/client/index.ts";
import type { ChannelName } from "../src/core/message.ts";
import { createFeed, type Feed } from "../src/view/live/feed.ts";
import { createLive, type Live } from "../src/view/live/live.ts";
import { searchHistory } from "../src/view/live/search-history.ts";
import { clientSource } from "../src/view/live/source.ts";
import { mostRows } from "../src/view/live/window.ts";
import { type Served, serve } from "./support/face.ts";

/** What a screen hangs on: a bridge as one sees it, and lists that follow what comes. */

const channel = "demo:a" as ChannelName;

let served: Served;
let live: Live;
const bridge = () => connect({ url: served.url, sender: "mac", backoff: { firstMs: 1, mostMs: 5 } });

beforeEach(async () => {
  served = await serve();
  live = createLive({ client: bridge(), source: clientSource(bridge()) });
  await expect.poll(() => live.snapshot().connection.kind).toBe("live");
});
afterEach(async () => {
  live.close();
  await served.close();
});

const send = (content: string, to: string = channel) => bridge().send({ channel: to, content });
async function sendAll(count: number, prefix = "m"): Promise<void> {
  for (let at = 1; at <= count; at += 1) await send(`${prefix}${at}`);
}
/** At once, as a list has pages of 100. */
const appendAll = (count: number, prefix: string) =>
  served.bridge.store.append(named(count, prefix).map((content) => ({ channel, sender: "mac", content })));
const named = (count: number, prefix: string) => Array.from({ length: count }, (_, at) => `${prefix}${at + 1}`);

function open(at?: string): Feed {
  const feed = createFeed({ live, history: searchHistory(bridge(), `in:${channel}`), at });
  onTestFinished(() => feed.close());
  return feed;
}

const shown = (feed: Feed) =>
  feed.snapshot().rows.map((row) => (row.kind === "message" ? row.message.content : row.entry.kind));

describe("a list of messages", () => {
  it("begins with the newest, has the older ones on demand, and follows what comes, each once", async () => {
    await appendAll(230, "m");
    const feed = open();
    await sendAll(3, "n");
    await expect.poll(() => shown(feed).slice(-4)).toEqual(["m230", "n1", "n2", "n3"]);
    while (feed.snapshot().hasOlder) await feed.loadOlder();
    expect(shown(feed)).toEqual([...named(230, "m"), "n1", "n2", "n3"]);
  });

  it("stands still while it is paused, counts what comes, and has all of it then", async () => {
    const feed = open();
    await send("before");
    await expect.poll(() => shown(feed)).toEqual(["before"]);
    feed.pause();
    await sendAll(3);
    await expect.poll(() => feed.snapshot().unseen).toBe(3);
    expect(shown(feed)).toEqual(["before"]);
    await feed.resume();
    expect(shown(feed)).toEqual(["before", "m1", "m2", "m3"]);
    expect(feed.snapshot().unseen).toBe(0);
  });

  it("begins at a message, and joins the end when it has read up to there", async () => {
    await appendAll(120, "m");
    const { id } = await send("here");
    await appendAll(130, "n");
    const { seq } = await send("n131");
    await expect.poll(() => live.snapshot().lastSeq).toBe(seq);
    const feed = open(id);
    await expect.poll(() => shown(feed).at(-1)).toBe("here");
    await send("last");
    await expect.poll(() => feed.snapshot().unseen).toBe(1);
    expect(shown(feed).at(-1)).toBe("here");
    while (feed.snapshot().hasNewer) await feed.loadNewer();
    expect(shown(feed).slice(-133)).toEqual(["here", ...named(131, "n"), "last"]);
    await send("live again");
    await expect.poll(() => shown(feed).at(-1)).toBe("live again");
  });

  it("loses what is cleared, says so, and has it again when that is undone", async () => {
    await sendAll(2);
    const feed = open();
    await expect.poll(() => shown(feed)).toEqual(["m1", "m2"]);
    const { undo } = await bridge().clear(channel);
    await expect.poll(() => shown(feed)).toEqual(["cleared"]);
    await bridge().undo(undo?.id ?? "");
    await expect.poll(() => shown(feed).slice(0, 2)).toEqual(["m1", "m2"]);
  });

  it("fills in receipts where the message stands, paused or not", async () => {
    const feed = open();
    const { id } = await bridge().send({ channel, content: "do it", to: "win/worker", type: "task" });
    await expect.poll(() => shown(feed)).toHaveLength(1);
    feed.pause();
    const agent = connect({ url: served.url, agent: "win/worker" });
    await agent.mark([{ messageId: id, state: "in_context" }]);
    const states = () => feed.snapshot().rows.flatMap((row) => (row.kind === "message" ? row.receipts : []));
    await expect.poll(() => states().map(({ state }) => state)).toEqual(["in_context"]);
  });

  it("keeps the rows that did not change, so that a screen need not draw them again", async () => {
    const feed = open();
    await send("one");
    await expect.poll(() => shown(feed)).toHaveLength(1);
    const [first] = feed.snapshot().rows;
    await send("two");
    await expect.poll(() => shown(feed)).toHaveLength(2);
    expect(feed.snapshot().rows[0]).toBe(first);
  });

  it("holds so many rows and no more", async () => {
    const feed = open();
    await expect.poll(() => feed.snapshot().isLoading).toBe(false);
    await appendAll(mostRows + 50, "m");
    await expect.poll(() => shown(feed).at(-1), { timeout: 10_000 }).toBe(`m${mostRows + 50}`);
    expect(shown(feed)).toHaveLength(mostRows);
    expect(feed.snapshot().hasOlder).toBe(true);
  });
});

describe("a bridge as one sees it", () => {
  it("counts channels as they grow, and no message twice", async () => {
    await sendAll(3);
    await send("x", "demo:b");
    const counts = () =>
      [...(live.snapshot().channels ?? new Map()).values()].map(({ name, messages }) => [name, messages]);
    await expect.poll(counts).toEqual([
      [channel, 3],
      ["demo:b", 1],
    ]);
    expect(live.snapshot().perMinute).toBe(4);
  });

  it("knows who is there", async () => {
    await connect({ url: served.url, agent: "win/worker" }).announce({ doing: "working", project: "payments" });
    await expect.poll(() => live.snapshot().agents.get("win/worker")).toMatchObject({ project: "payments" });
  });

  it("shows what was sent from here at once, and once", async () => {
    const feed = open();
    const sent = live.outbox.send({ channel, content: "mine" });
    expect(live.snapshot().pending).toMatchObject([{ outgoing: { content: "mine" }, sent: undefined }]);
    await sent;
    await expect.poll(() => shown(feed)).toEqual(["mine"]);
    expect(live.snapshot().pending).toEqual([]);
  });

  it("keeps what could not be sent, to be sent again under its key or dropped", async () => {
    await expect(live.outbox.send({ channel: "", content: "x" })).rejects.toMatchObject({ code: "invalid_input" });
    const [failed] = live.snapshot().pending;
    expect(failed?.error).toMatchObject({ code: "invalid_input" });
    live.outbox.drop(failed?.key ?? "");
    expect(live.snapshot().pending).toEqual([]);
  });
});
