import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { maxReceiptsMissed } from "../src/core/limits.ts";
import type { ChannelName } from "../src/core/message.ts";
import { openSqliteStore } from "../src/stores/sqlite.ts";
import { bearer, tokenFor } from "./support/credentials.ts";
import { post, type Served, type ServeOptions, serve } from "./support/face.ts";
import { type Frame, nextOf, openStream, type OpenStream } from "./support/stream.ts";

/** What live streams tell of receipts, to whoever asks for it. test/agent-stream.test.ts has what they tell of agents. */

let served: Served;
let streams: OpenStream[] = [];
const start = async (options: ServeOptions = {}) => {
  served = await serve(options);
};
/** The store in memory is not made for thousands of receipts. */
async function startOnSqlite(path = ":memory:"): Promise<void> {
  await served.close();
  await start({ store: await openSqliteStore({ path }) });
}
beforeEach(() => start());
afterEach(async () => {
  for (const stream of streams) stream.close();
  streams = [];
  expect(served.errors).toEqual([]);
  await served.close();
});

const channel = "demo:a";
const withReceipts = `/events/channel/${channel}?with=receipts`;

async function open(path: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  const stream = await openStream(`${served.url}${path}`, headers);
  streams.push(stream);
  return stream;
}

async function ask(agent: string, path: string, body: object): Promise<{ readonly id: string }> {
  const response = await post(`${served.url}${path}`, body, { "claude-bridge-agent": agent });
  expect(response.status).toBe(200);
  return response.json() as Promise<{ id: string }>;
}

const send = (content: string, more: object = {}) =>
  ask("mac/a", "/api/send", { channel, content, to: "win/worker", ...more });
const mark = (id: string, state: string) => ask("win/worker", "/api/receipts", { marks: [{ message_id: id, state }] });

const startOf = ({ response }: OpenStream) => Number(response.headers.get("claude-bridge-receipts"));

async function resume(after: unknown, path = withReceipts): Promise<OpenStream> {
  return open(`${path}&receipts_after=${String(after)}`);
}

describe("a stream with receipts", () => {
  it("shows a sender how far its message gets, live", async () => {
    const stream = await open(withReceipts);
    const { id } = await send("go");
    await mark(id, "at_machine");
    await mark(id, "in_context");
    await ask("win/worker", "/api/ack", { channel, consumer_id: "win/worker", message_id: id });
    const answer = await ask("win/worker", "/api/send", { channel, content: "done", reply_to: id });
    const receipts = (await nextOf(stream, "receipt", 6)).filter((receipt) => receipt["message_id"] === id);
    expect(receipts.map(({ state }) => state)).toEqual([
      "stored",
      "at_machine",
      "in_context",
      "acknowledged",
      "answered",
    ]);
    expect(receipts.at(-1)).toMatchObject({
      channel,
      agent: "win/worker",
      why: "addressed",
      answer_id: answer.id,
      change: expect.any(Number),
    });
    const known = await fetch(`${served.url}/api/receipts?message_ids=${id}`);
    const { change: _change, ...last } = receipts.at(-1) ?? {};
    expect(await known.json()).toEqual({ receipts: [last] });
  });

  it("has those of the channels that it reads, and of no other", async () => {
    const [one, wide] = [await open(withReceipts), await open("/events?channels=demo:*&with=receipts")];
    await send("elsewhere", { channel: "other:a" });
    await send("beside", { channel: "demo:b" });
    await send("here");
    expect(await nextOf(one, "receipt", 1)).toMatchObject([{ channel }]);
    expect(await nextOf(wide, "receipt", 2)).toMatchObject([{ channel: "demo:b" }, { channel }]);
  });

  it("shows nothing of channels that its reader may not read", async () => {
    const { token } = await tokenFor(served.bridge, "pi", { channels: ["demo:*"] });
    const sender = bearer((await tokenFor(served.bridge, "mac")).token);
    const stream = await open("/events?channels=*&with=receipts", bearer(token));
    for (const name of ["secret:a", "@win/worker", "demo:b"]) {
      const body = { channel: name, sender: "a", content: "x", to: "win/worker" };
      expect((await post(`${served.url}/api/send`, body, sender)).status).toBe(200);
    }
    expect(await nextOf(stream, "receipt", 1)).toMatchObject([{ channel: "demo:b" }]);
    const back = await open("/events?channels=*&with=receipts&receipts_after=0", bearer(token));
    await post(`${served.url}/api/send`, { channel, sender: "a", content: "x", to: "win/worker" }, sender);
    expect(await nextOf(back, "receipt", 2)).toMatchObject([{ channel: "demo:b" }, { channel }]);
  });

  it("is refused for what is no kind of news, and no change", async () => {
    for (const query of ["with=recipts", "with=receipts&receipts_after=-1", "with=receipts&receipts_after=x"]) {
      const response = await fetch(`${served.url}/events/channel/${channel}?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "invalid_input" });
    }
  });
});

describe("a stream that does not ask", () => {
  it("has the bytes that it always had", async () => {
    const [plain, empty, asking] = [
      await open(`/events/channel/${channel}`),
      await open(`/events/channel/${channel}?with=`),
      await open(`${withReceipts},agents`),
    ];
    const { id } = await send("one");
    await mark(id, "in_context");
    await ask("win/worker", "/api/agents", { doing: "working" });
    await send("two");
    await post(`${served.url}/api/clear`, { channel });
    const frames = await plain.take(3);
    expect(frames.map(({ event }) => event)).toEqual(["message", "message", "clear"]);
    expect(await empty.take(3)).toEqual(frames);
    const entries: Frame[] = [];
    while (entries.length < 3)
      entries.push(...(await asking.take(1)).filter(({ event }) => event !== "receipt" && event !== "agent"));
    expect(entries).toEqual(frames);
    for (const { response } of [plain, empty]) expect(response.headers.has("claude-bridge-receipts")).toBe(false);
  });
});

describe("a stream that comes back", () => {
  it("has the last state of every receipt that changed meanwhile, once", async () => {
    const stream = await open(withReceipts);
    const ids = [];
    for (const content of ["one", "two", "three"]) ids.push((await send(content)).id);
    const had = (await nextOf(stream, "receipt", 3)).at(-1)?.["change"];
    stream.close();
    const [one = "", two = ""] = ids;
    for (const state of ["at_machine", "in_context", "acknowledged"]) await mark(one, state);
    await mark(two, "at_machine");
    const { id: four } = await send("four");
    const back = await resume(had);
    const { id: five } = await send("five");
    expect(await nextOf(back, "receipt", 4)).toMatchObject([
      { message_id: one, state: "acknowledged" },
      { message_id: two, state: "at_machine" },
      { message_id: four, state: "stored" },
      { message_id: five, state: "stored" },
    ]);
  });

  it("is told where it begins, for who must come again before anything changed", async () => {
    await send("old");
    const stream = await open(withReceipts);
    const begin = startOf(stream);
    stream.close();
    const { id } = await send("missed");
    const back = await resume(begin);
    expect(startOf(back)).toBe(begin);
    expect(await nextOf(back, "receipt", 1)).toMatchObject([{ message_id: id }]);
  });

  it("goes on after what went with its messages", async () => {
    const stream = await open(withReceipts);
    await send("one");
    const had = (await nextOf(stream, "receipt", 1)).at(-1)?.["change"];
    await send("gone");
    await post(`${served.url}/api/clear`, { channel });
    const back = await resume(had);
    const { id } = await send("new");
    expect(await nextOf(back, "receipt", 1)).toMatchObject([{ message_id: id }]);
    expect((await nextOf(stream, "receipt", 2)).at(-1)).toMatchObject({ message_id: id });
  });

  it("is told when it is too far behind, or was at another bridge, and goes on from now", async () => {
    await startOnSqlite();
    const drafts = Array.from({ length: maxReceiptsMissed + 1 }, () => draftFor("win/worker"));
    await served.bridge.store.append(drafts);
    for (const after of [0, 1_000_000]) {
      const stream = await resume(after, "/events/channel/quiet?with=receipts");
      const [truncated] = await nextOf(stream, "receipts_truncated", 1);
      expect(truncated).toEqual({ after, change: await served.bridge.store.receipts.lastChange() });
      const { id } = await send("new", { channel: "quiet" });
      expect(await nextOf(stream, "receipt", 1)).toMatchObject([{ message_id: id }]);
    }
  });

  it("goes on at a relay that was started again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const restart = () => startOnSqlite(join(folder, "bridge.db"));
    await restart();
    const stream = await open(withReceipts);
    const { id } = await send("one");
    const [first] = await nextOf(stream, "receipt", 1);
    await mark(id, "at_machine");
    await restart();
    await mark(id, "in_context");
    const back = await resume(first?.["change"]);
    await mark(id, "acknowledged");
    expect((await nextOf(back, "receipt", 2)).map(({ state }) => state)).toEqual(["in_context", "acknowledged"]);
    // The last bridge of the test must not hold the folder.
    for (const one of streams.splice(0)) one.close();
    await served.close();
    await start();
  });
});

const draftFor = (agent: string, content = "x") => ({
  channel: channel as ChannelName,
  sender: "mac/a",
  content,
  addressees: [{ agent, why: "addressed" as const }],
});

describe("many changes at once", () => {
  it("reach every stream, each receipt once and as it is now", async () => {
    await startOnSqlite();
    const { store } = served.bridge;
    const count = 1000;
    const appended = await store.append(Array.from({ length: count }, () => draftFor("win/worker")));
    const seqs = appended.flatMap((one) => (one.kind === "refused" ? [] : [one.message.seq]));
    const readers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => open(n % 2 === 0 ? withReceipts : "/events?channels=demo:*&with=receipts")),
    );
    await store.receipts.record(seqs.map((seq) => ({ seq, agent: "win/worker", state: "in_context" as const })));
    const { id } = await send("last");
    for (const reader of readers) {
      const receipts = await nextOf(reader, "receipt", count + 1);
      expect(receipts.slice(0, count).map(({ seq, state }) => [seq, state])).toEqual(
        seqs.map((seq) => [seq, "in_context"]),
      );
      expect(receipts.at(-1)).toMatchObject({ message_id: id });
    }
  });
});

describe("a reader that is slow", () => {
  it("has the last state of every receipt, each state later than the one before", async () => {
    await startOnSqlite();
    const { store } = served.bridge;
    const stream = await open(withReceipts);
    const appended = await store.append(Array.from({ length: 4000 }, () => draftFor("win/worker")));
    const seqs = appended.flatMap((one) => (one.kind === "refused" ? [] : [one.message.seq]));
    const states = ["stored", "at_machine", "in_context", "acknowledged"] as const;
    for (const state of states.slice(1)) {
      await store.receipts.record(seqs.map((seq) => ({ seq, agent: "win/worker", state })));
    }
    await send("last", { to: "pi/last" });
    const told = new Map<unknown, number>();
    for (;;) {
      const [receipt] = await nextOf(stream, "receipt", 1);
      const { seq, state, agent } = receipt ?? {};
      if (agent === "pi/last") break;
      const rung = states.findIndex((one) => one === state);
      expect(rung).toBeGreaterThan(told.get(seq) ?? -1);
      told.set(seq, rung);
    }
    expect([...told.keys()].toSorted((a, b) => Number(a) - Number(b))).toEqual(seqs);
    expect([...told.values()].every((rung) => states[rung] === "acknowledged")).toBe(true);
  });
});
