import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, onTestFinished } from "vitest";
import {
  type BridgeClient,
  connect,
  type ConnectOptions,
  type ReceivedAgent,
  type StreamEntry,
  type Subscribe,
  type SubscriptionEntry,
} from "../src/client/index.ts";
import { openSqliteStore } from "../src/stores/sqlite.ts";
import { bearer, tokenFor } from "./support/credentials.ts";
import { quickly } from "./support/client.ts";
import { type Collected, collect } from "./support/collect.ts";
import { post, type Served, type ServeOptions, serve } from "./support/face.ts";

/** What the typed client does for agents: their inboxes, receipts and presence, asked for and subscribed to. */

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

const channel = "demo:a";
const as = (agent: string, more: Partial<ConnectOptions> = {}): BridgeClient =>
  connect({ url: served.url, agent, ...quickly, ...more });
const [mac, worker] = ["mac/a", "win/worker"] as const;

describe("an agent's calls", () => {
  it("say who asks, whatever its name is made of", async () => {
    expect(await as("mäc/é 🚀").announce({})).toBe("mäc/é 🚀");
    const { sender } = await as("mäc/é 🚀").send({ channel, content: "hello" });
    expect(sender).toBe("mäc/é 🚀");
  });

  it("bring a message from its sender to its recipient and back", async () => {
    const sent = await as(mac).send({ channel, content: "go", to: worker, ttlSeconds: 3600 });
    expect(sent).toMatchObject({
      receipt: "stored",
      receipts: [{ messageId: sent.id, agent: worker, state: "stored", why: "addressed", due: { what: "expire" } }],
      next: expect.stringContaining("win/worker"),
      note: expect.stringContaining("win/worker"),
    });
    const inbox = await as(worker).inbox();
    expect(inbox).toMatchObject({
      agent: worker,
      messages: [{ kind: "message", id: sent.id, why: "addressed", state: "stored", envelope: { content: "go" } }],
      next: sent.seq,
      unread: 1,
      channels: [{ channel, messages: 1 }],
    });
    const [marked] = await as(worker).mark([{ messageId: sent.id, state: "in_context" }]);
    expect(marked).toMatchObject({ state: "in_context", at: { in_context: expect.any(Number) }, due: undefined });
    expect(marked?.at.stored).toBe(sent.receipts[0]?.at.stored);
    const answer = await as(worker).send({ channel, content: "done", replyTo: sent.id });
    expect(await as(mac).receipts([sent.id])).toMatchObject([{ state: "answered", answerId: answer.id }]);
  });

  it("wait for mail, longer than one request may", async () => {
    const waiting = as(worker).inbox({ waitSeconds: 3600 });
    await as(mac).send({ channel, content: "go", to: worker });
    expect((await waiting).messages).toHaveLength(1);
    expect(await as(worker).inbox({ after: (await waiting).next, waitSeconds: 0.01 })).toMatchObject({ messages: [] });
  });

  it("refuse a message, with the reason", async () => {
    const { id: messageId } = await as(mac).send({ channel, content: "rm -rf", to: worker });
    await as(worker).ack({ channel, consumerId: worker, messageId, refuse: "not without a person" });
    expect(await as(mac).receipts([messageId])).toMatchObject([{ state: "refused", reason: "not without a person" }]);
  });

  it("send direct to an agent that is known", async () => {
    await as(worker).announce({ shim: "1.0.0" });
    expect(await as(mac).send({ to: "worker", content: "psst" })).toMatchObject({ channel: "@win/worker" });
    await expect(as(mac).send({ to: "nobody", content: "psst" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("say what it does, and who is there", async () => {
    const client = { name: "claude-code", version: "2.1.330" };
    await as(worker).announce({
      client,
      project: "/src",
      shim: "1.0.0",
      doing: "waiting",
      waitingOn: mac,
      ways: ["m"],
    });
    await as(worker).announce({ proved: { way: "m" } });
    const agents = await as(mac).agents();
    expect(agents.find(({ name }) => name === worker)).toEqual({
      name: worker,
      machine: "win",
      project: "/src",
      client,
      shim: "1.0.0",
      doing: "waiting",
      waitingOn: mac,
      reach: "wakes",
      way: "m",
      provedAt: expect.any(Number),
      lastProved: { way: "m", at: expect.any(Number) },
      awaySince: undefined,
      reason: undefined,
      lastSeen: expect.any(Number),
    });
  });

  it("take as many receipts as are asked for", async () => {
    const ids = await Promise.all(
      Array.from({ length: 120 }, async (_, n) => (await as(mac).send({ channel, content: `${n}`, to: worker })).id),
    );
    expect(await as(mac).receipts(ids)).toHaveLength(120);
    expect(await as(worker).mark(ids.map((messageId) => ({ messageId, state: "at_machine" })))).toHaveLength(120);
    expect(await as(mac).receipts([])).toEqual([]);
  });
});

const wanted = { channels: [channel], receipts: true, agents: true } as const;

async function subscribe(more: Partial<Subscribe> = {}, options: Partial<ConnectOptions> = {}): Promise<Collected> {
  const subscription = collect(as("ui", options), { ...wanted, ...more });
  open.push(subscription);
  await expect.poll(() => subscription.kinds).toContain("live");
  return subscription;
}

const receiptsIn = ({ entries }: Collected) => entries.filter((entry) => entry.kind === "receipt");
const agentIn = ({ entries }: Collected) =>
  entries.findLast((entry) => entry.kind === "agent" && entry.name === worker);
const statesIn = (subscription: Collected) => receiptsIn(subscription).map(({ state }) => state);
const lastStates = (subscription: Collected) =>
  Object.fromEntries(receiptsIn(subscription).map(({ messageId, state }) => [messageId, state]));

describe("a subscription to receipts and agents", () => {
  it("gives what it was asked for, and is typed so", async () => {
    const bridge = as(mac);
    expectTypeOf(bridge.subscribe({ channels: [] })).toEqualTypeOf<AsyncGenerator<SubscriptionEntry, void, void>>();
    expectTypeOf(bridge.subscribe({ channels: [], agents: true })).toEqualTypeOf<
      AsyncGenerator<SubscriptionEntry | ReceivedAgent, void, void>
    >();
    expectTypeOf(bridge.subscribe(wanted)).toEqualTypeOf<AsyncGenerator<StreamEntry, void, void>>();
    const plain = await subscribe({ receipts: false, agents: false });
    const full = await subscribe();
    await as(mac).send({ channel, content: "go", to: worker });
    await as(mac).send({ channel, content: "last" });
    await expect.poll(() => plain.contents.length).toBe(2);
    await expect.poll(() => statesIn(full)).toEqual(["stored"]);
    expect(plain.entries.every(({ kind }) => kind === "message")).toBe(true);
  });

  it("shows a message on its way, and who it is for", async () => {
    const subscription = await subscribe();
    const { id } = await as(mac).send({ channel, content: "go", to: worker });
    await as(worker).mark([{ messageId: id, state: "at_machine" }]);
    await as(worker).mark([{ messageId: id, state: "in_context" }]);
    await as(worker).send({ channel, content: "done", replyTo: id });
    await expect
      .poll(() =>
        receiptsIn(subscription)
          .filter(({ messageId }) => messageId === id)
          .map(({ state }) => state),
      )
      .toEqual(["stored", "at_machine", "in_context", "answered"]);
    await as(worker).announce({ doing: "working" });
    await expect.poll(() => agentIn(subscription)).toMatchObject({ doing: "working", name: worker });
  });

  it("begins with who is there", async () => {
    await as(worker).announce({ doing: "idle" });
    const subscription = await subscribe({ receipts: false });
    const { entries } = subscription;
    await expect.poll(() => agentIn(subscription)).toMatchObject({ name: worker, doing: "idle" });
    expect(entries.every(({ kind }) => kind === "agent")).toBe(true);
  });

  it("goes on from the last receipt that was handled, for a program that starts again", async () => {
    const first = await subscribe({ agents: false });
    const one = await as(mac).send({ channel, content: "one", to: worker });
    await expect.poll(() => statesIn(first)).toEqual(["stored"]);
    await first.leave();
    await as(worker).mark([{ messageId: one.id, state: "in_context" }]);
    const second = await subscribe({ agents: false, receiptsAfter: receiptsIn(first)[0]?.change });
    await expect.poll(() => statesIn(second)).toEqual(["in_context"]);
  });

  it("says when it was away for too long to be told what changed", async () => {
    const { id } = await as(mac).send({ channel, content: "one", to: worker });
    const subscription = await subscribe({ agents: false, receiptsAfter: 1000 });
    await expect.poll(() => subscription.entries).toMatchObject([{ kind: "receipt_gap", after: 1000, upTo: 1 }]);
    await as(worker).mark([{ messageId: id, state: "in_context" }]);
    await expect.poll(() => statesIn(subscription)).toEqual(["in_context"]);
  });

  it("has no news of channels that its credential is not for", async () => {
    const { token } = await tokenFor(served.bridge, "ui", { channels: ["demo:*"] });
    const sender = bearer((await tokenFor(served.bridge, "mac")).token);
    const subscription = await subscribe({ channels: [], patterns: ["*"], agents: false }, { token });
    for (const name of ["secret:a", channel]) {
      await post(`${served.url}/api/send`, { channel: name, sender: "a", content: "x", to: worker }, sender);
    }
    await expect.poll(() => receiptsIn(subscription).map((receipt) => receipt.channel)).toEqual([channel]);
  });
});

describe("a subscription whose connection breaks", () => {
  it("has the last state of every receipt, also over a restart of the relay", async () => {
    const folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const startHere = async () => start({ store: await openSqliteStore({ path: join(folder, "bridge.db") }) });
    await served.close();
    await startHere();
    const before = served.url;
    let isThere = true;
    const fetchHere = (url: string, init: RequestInit) =>
      isThere ? fetch(url.replace(before, served.url), init) : Promise.reject(new TypeError("nobody there"));
    const subscription = await subscribe({}, { url: before, fetch: fetchHere });
    const [one, two] = [
      await as(mac).send({ channel, content: "one", to: worker }),
      await as(mac).send({ channel, content: "two", to: worker }),
    ];
    await expect.poll(() => statesIn(subscription)).toEqual(["stored", "stored"]);

    isThere = false;
    await served.close();
    await startHere();
    await as(worker).mark([{ messageId: one.id, state: "at_machine" }]);
    await as(worker).mark([{ messageId: one.id, state: "in_context" }]);
    const three = await as(mac).send({ channel, content: "three", to: worker });
    isThere = true;

    await expect
      .poll(() => lastStates(subscription))
      .toEqual({ [one.id]: "in_context", [two.id]: "stored", [three.id]: "stored" });
    expect(statesIn(subscription)).toEqual(["stored", "stored", "in_context", "stored"]);
    await expect
      .poll(() => subscription.entries.filter((entry) => entry.kind === "agent").map(({ name }) => name))
      .toEqual(expect.arrayContaining([mac, worker]));
    await subscription.leave();
    // The last bridge of the test must not hold the folder.
    await served.close();
    await start();
  });
});
