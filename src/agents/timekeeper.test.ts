import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Agents } from "../core/agents.ts";
import { readContent } from "../core/envelope.ts";
import { beginning, type ChannelName, type Message } from "../core/message.ts";
import type { Due, Receipt, ReceiptState } from "../core/receipt.ts";
import { everything } from "../core/scope.ts";
import type { Store } from "../core/store.ts";
import { openSqliteStore } from "../stores/sqlite.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { createFakeClock, type FakeClock } from "../testing/fake-clock.ts";
import { createFakeTimer, type FakeTimer } from "../testing/fake-timer.ts";
import { createAgents } from "./agents.ts";

/** What the bridge sees to at its time, whoever has forgotten it. */

const channel = "payments:worker" as ChannelName;
const minute = 60_000;

let clock: FakeClock;
let time: FakeTimer;
let store: Store;
let agents: Agents[];
let errors: unknown[];

function startAgents(on = store): Agents {
  const directory = { list: () => [] };
  const started = createAgents({
    store: on,
    clock,
    directory,
    timer: time.timer,
    onError: (error) => errors.push(error),
  });
  agents.push(started);
  return started;
}

beforeEach(() => {
  clock = createFakeClock();
  time = createFakeTimer(clock);
  store = createMemoryStore({ clock });
  [agents, errors] = [[], []];
});
afterEach(async () => {
  for (const one of agents) await one.close();
  await store.close();
  expect(errors).toEqual([]);
});

async function send(due: Due, agent = "win/worker", sender = "mac/a"): Promise<Message> {
  const [sent] = await store.append([
    { channel, sender, content: "go?", addressees: [{ agent, why: "addressed", due }] },
  ]);
  if (sent?.kind !== "appended") throw new Error("refused");
  return sent.message;
}

const question = (seconds = 3600): Due => ({
  what: "remind",
  at: clock.now() + seconds * 500,
  deadline: clock.now() + seconds * 1000,
});

const mark = ({ seq }: Message, state: ReceiptState) => store.receipts.record([{ seq, agent: "win/worker", state }]);

async function receiptOf({ seq }: Message): Promise<Receipt | undefined> {
  return (await store.receipts.of([seq]))[0];
}

/** Lets time pass in steps, as it does, with everything that happens meanwhile. */
async function pass(ms: number): Promise<void> {
  const steps = Math.ceil(ms / 10_000);
  for (let step = 0; step < steps; step += 1) {
    time.advance(ms / steps);
    for (let turns = 0; turns < 5; turns += 1) await turn();
  }
}

/** What the bridge has said: to whom, as what, and about which message. */
async function said(): Promise<readonly string[]> {
  const entries = await store.read(everything, beginning, 500);
  return entries.flatMap((entry) => {
    if (entry.kind !== "message" || entry.sender !== "bridge") return [];
    const reading = readContent(entry.content);
    if (reading.encoding !== "structured") return ["no envelope"];
    const { type, recipient = "nobody", content } = reading.envelope;
    return [`${type} to ${recipient}: ${typeof content === "string" ? content : "no text"}`];
  });
}

describe("a question", () => {
  it("is reminded of once, half-way to its deadline, and its asker is told when that passes", async () => {
    startAgents();
    const asked = await send(question());
    await mark(asked, "in_context");
    await pass(29 * minute);
    expect(await said()).toEqual([]);
    await pass(2 * minute);
    const reminder = `reminder to win/worker: mac/a waits for your answer to ${asked.id}, by 2026-01-01T01:00:00.000000Z.`;
    expect(await said()).toEqual([reminder]);
    expect((await store.receipts.waiting(["win/worker"], beginning, 10)).map(({ message }) => message.sender)).toEqual([
      "bridge",
    ]);
    await pass(28 * minute);
    expect(await said()).toEqual([reminder]);
    await pass(2 * minute);
    expect(await said()).toEqual([reminder, expect.stringMatching(/^notice to mac\/a: win\/worker has read/)]);
    expect(await receiptOf(asked)).toMatchObject({
      state: "in_context",
      reason: "no answer by 2026-01-01T01:00:00.000000Z",
    });
    await pass(600 * minute);
    expect(await said()).toHaveLength(2);
  });

  it("that nobody has read by its deadline expires", async () => {
    startAgents();
    const asked = await send(question());
    await pass(61 * minute);
    expect(await receiptOf(asked)).toMatchObject({ state: "expired", reason: "nobody read it by its deadline" });
    expect((await said()).map((line) => line.split(":")[0])).toEqual(["reminder to win/worker", "notice to mac/a"]);
  });

  it("that is answered is not spoken of again", async () => {
    startAgents();
    const asked = await send(question());
    await mark(asked, "answered");
    await pass(120 * minute);
    expect(await said()).toEqual([]);
  });

  it("for a person is reminded of too", async () => {
    startAgents();
    await send(question(), "you");
    await pass(31 * minute);
    expect(await said()).toEqual([expect.stringMatching(/^reminder to you: mac\/a waits/)]);
  });
});

describe("a message with a time to live", () => {
  it("expires when it was not read, and its sender is told", async () => {
    startAgents();
    const sent = await send({ what: "expire", at: clock.now() + minute });
    const read = await send({ what: "expire", at: clock.now() + minute });
    await mark(sent, "at_machine");
    await mark(read, "in_context");
    await pass(2 * minute);
    expect(await receiptOf(sent)).toMatchObject({ state: "expired", reason: "not read within its time" });
    expect(await receiptOf(read)).toMatchObject({ state: "in_context" });
    expect(await said()).toEqual([`notice to mac/a: win/worker did not read ${sent.id} within its time: it expired.`]);
  });

  it("of the bridge itself tells nobody: there is no notice about a notice", async () => {
    startAgents();
    const sent = await send({ what: "expire", at: clock.now() + minute }, "win/worker", "bridge");
    await pass(2 * minute);
    expect(await receiptOf(sent)).toMatchObject({ state: "expired" });
    expect(await store.lastSeq()).toBe(sent.seq);
  });
});

describe("the timekeeper", () => {
  it("keeps its duties over a restart, and does what fell due meanwhile", async () => {
    const first = startAgents();
    const asked = await send(question());
    await pass(5 * minute);
    await first.close();
    clock.advance(30 * minute);
    startAgents();
    await vi.waitFor(async () => expect(await said()).toHaveLength(1));
    await pass(30 * minute);
    expect(await receiptOf(asked)).toMatchObject({ state: "expired" });
    expect(await said()).toHaveLength(2);
  });

  it("of two bridges on one database says everything once", async () => {
    const [one, two] = [startAgents(), startAgents()];
    await send(question());
    await send({ what: "expire", at: clock.now() + minute });
    await pass(90 * minute);
    await Promise.all([one.close(), two.close()]);
    expect(await said()).toHaveLength(3);
  });

  it("of two processes on one file says everything once", async () => {
    await store.close();
    const path = join(await mkdtemp(join(tmpdir(), "claude-bridge-")), "bridge.db");
    store = await openSqliteStore({ path, clock });
    const other = await openSqliteStore({ path, clock });
    const asked = await send(question());
    clock.advance(61 * minute);
    const both = [startAgents(store), startAgents(other)];
    await vi.waitFor(async () => {
      await pass(10_000);
      expect(await receiptOf(asked)).toMatchObject({ state: "expired" });
    });
    for (const one of both) await one.close();
    expect((await said()).map((line) => line.split(":")[0])).toEqual(["reminder to win/worker", "notice to mac/a"]);
    await other.close();
  });

  it("says again with the same key what it had not marked when it was killed", async () => {
    const asked = await send(question());
    const { receipts } = store;
    const dies = startAgents({ ...store, receipts: { ...receipts, record: () => new Promise(() => undefined) } });
    await pass(31 * minute);
    expect(await said()).toHaveLength(1);
    agents.splice(agents.indexOf(dies), 1);
    startAgents();
    await pass(minute);
    expect(await said()).toHaveLength(1);
    expect(await receiptOf(asked)).toMatchObject({ due: { what: "deadline" } });
  });

  it("tells of its failures, and tries again", async () => {
    let isBroken = true;
    const append: Store["append"] = (drafts) => (isBroken ? Promise.reject(new Error("disk")) : store.append(drafts));
    startAgents({ ...store, append });
    await send(question());
    await pass(31 * minute);
    expect(errors.length).toBeGreaterThan(0);
    errors = [];
    isBroken = false;
    await pass(minute);
    expect(await said()).toHaveLength(1);
  });

  it("sees to many in their order, a hundred at a time", async () => {
    startAgents();
    const at = clock.now() + minute;
    for (let index = 0; index < 230; index += 1) await send({ what: "expire", at: at + index });
    await pass(3 * minute);
    await vi.waitFor(async () => expect(await store.receipts.due(clock.now(), 500)).toEqual([]));
    expect(await said()).toHaveLength(230);
  });
});
