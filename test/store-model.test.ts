import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { next } from "../src/core/feed.ts";
import { beginning, type ChannelName, type ConsumerId, type Draft, type Entry, type Seq } from "../src/core/message.ts";
import type { Scope } from "../src/core/scope.ts";
import type { Store } from "../src/core/store.ts";
import { createMemoryStore } from "../src/stores/memory.ts";
import { openSqliteStore } from "../src/stores/sqlite.ts";
import { createFakeClock, type FakeClock } from "../src/testing/fake-clock.ts";
import { checkDatabase } from "./crash/check-database.ts";
import { createModel, maxChannels, type Model } from "./store-model/model.ts";

const channels = ["demo:a", "demo:b", "*", "100%"].map((name) => name as ChannelName);
const consumers = ["ann", "bob"].map((name) => name as ConsumerId);

interface Real {
  readonly clock: FakeClock;
  here(): Store;
  there(): Store;
  restart(): Promise<void>;
  end(): Promise<void>;
}

type Side = "here" | "there";

async function send(model: Model, store: Store, drafts: readonly Draft[]): Promise<void> {
  const answers = await store.append(drafts);
  expect(answers).toHaveLength(drafts.length);
  for (const [at, draft] of drafts.entries()) {
    const [answer, expected] = [answers[at], model.expected(draft)];
    if (expected === "new") {
      const { channel, sender, content } = draft;
      expect(answer).toMatchObject({ kind: "appended", isNew: true, message: { channel, sender, content } });
      if (answer?.kind === "appended") model.appended(draft, answer.message);
    } else if (typeof expected === "string") {
      expect(answer).toMatchObject({ kind: "refused", error: { code: expected } });
    } else {
      expect(answer).toEqual({ kind: "appended", isNew: false, message: expected });
    }
  }
}

async function read(model: Model, store: Store, scope: Scope, after: Seq, limit: number): Promise<void> {
  expect(await store.read(scope, after, limit)).toEqual(model.read(scope, after, limit));
  expect(await store.tail(scope, limit)).toEqual(model.messages(scope).slice(-limit));
  const left = model.messages(scope).filter(({ seq }) => seq > after);
  expect(await store.remaining(scope, after)).toBe(left.length);
}

async function count(model: Model, store: Store): Promise<void> {
  const summaries = model.summaries();
  const messages = summaries.reduce((sum, summary) => sum + summary.messages, 0);
  expect(await store.channels()).toEqual(summaries);
  expect(await store.totals()).toEqual({ channels: summaries.length, messages });
  expect(await store.lastSeq()).toBe(model.lastSeq());
}

async function find(model: Model, store: Store, entry: Entry): Promise<void> {
  const isThere = model.read({ names: [], patterns: ["*"] }, beginning, Infinity).includes(entry);
  expect(await store.find(entry.id)).toEqual(isThere ? entry : undefined);
}

/** Waits there, and is woken from here, or gives up when the waker was not for it. */
async function wait(model: Model, real: Real, scope: Scope, after: Seq, waker: Draft): Promise<void> {
  const giveUp = new AbortController();
  const ready = model.read(scope, after, 100);
  const waiting = next(real.there(), scope, { after, limit: 100, signal: giveUp.signal });
  if (ready.length > 0) expect(await waiting).toEqual(ready);
  await send(model, real.here(), [waker]);
  const page = ready.length > 0 ? ready : model.read(scope, after, 100);
  if (page.length === 0) giveUp.abort();
  expect(await waiting).toEqual(page);
}

async function acknowledge(model: Model, real: Real, side: Side, consumer: ConsumerId, entry: Entry): Promise<void> {
  const key = `${consumer} ${entry.channel}`;
  const before = model.cursors.get(key) ?? beginning;
  const seq = Math.max(before, entry.seq) as Seq;
  model.cursors.set(key, seq);
  const answer = await real[side]().advance(consumer, entry);
  expect(answer).toMatchObject({ cursor: { seq }, advanced: entry.seq > before });
  expect(await real.there().cursor(consumer, entry.channel)).toEqual(answer.cursor);
}

async function clear(model: Model, store: Store, channel: ChannelName): Promise<void> {
  const cleared = await store.clear(channel);
  expect(cleared?.count ?? 0).toBe(model.clear(channel, cleared));
}

async function undo(model: Model, store: Store, clear: Entry): Promise<void> {
  if (clear.kind !== "cleared") return;
  const expected = model.canRestore(clear);
  const restored = await store.restore(clear.id).catch((error: { code: string }) => error.code);
  if (typeof restored === "object") {
    expect(expected).toMatch(/yes|maybe/);
    expect(restored).toMatchObject({ kind: "restored", channel: clear.channel, count: clear.count });
    model.restored(clear, restored);
  } else if (expected !== "maybe") {
    expect(restored).toBe(expected === "no" ? undefined : expected);
  }
}

async function prune(model: Model, store: Store, before: number, limit: number): Promise<void> {
  const { fewest, most } = model.prunable(before, limit);
  const pruned = await store.prune(before, limit);
  expect(pruned).toBeGreaterThanOrEqual(fewest);
  expect(pruned).toBeLessThanOrEqual(most);
  model.pruned(before, pruned);
}

type Command = fc.AsyncCommand<Model, Real>;

const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  run,
  toString: () => name,
});

const json = JSON.stringify;
const side = fc.constantFrom<Side>("here", "there");
const channel = fc.constantFrom(...channels);
const draft: fc.Arbitrary<Draft> = fc.record({
  channel,
  sender: fc.constantFrom("ann", "bob"),
  content: fc.constantFrom("one", "two", "🧵\r\n'"),
  idempotencyKey: fc.option(fc.constantFrom("k1", "k2"), { nil: undefined }),
});
const scope: fc.Arbitrary<Scope> = fc.record({
  names: fc.array(channel, { maxLength: 3 }),
  patterns: fc.array(fc.constantFrom("*", "demo:*", "*%", "*a"), { maxLength: 2 }),
});
/** Chooses among what the model has seen. */
const place = fc.nat(40);
const chosen = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(all.length, 1)];
const seqAt = ({ everSeen }: Model, at: number): Seq => chosen([undefined, ...everSeen], at)?.seq ?? beginning;

const commands: fc.Arbitrary<Command>[] = [
  fc
    .tuple(side, fc.array(draft, { maxLength: 4 }))
    .map(([at, drafts]) => command(`send ${json(drafts)} ${at}`, (model, real) => send(model, real[at](), drafts))),
  fc.tuple(side, place, fc.boolean()).map(([at, which, isSame]) =>
    command(`retry ${which} ${isSame ? "" : "with other content "}${at}`, async (model, real) => {
      const sent = chosen(model.keyed, which)?.draft;
      if (sent !== undefined) await send(model, real[at](), [isSame ? sent : { ...sent, content: "other" }]);
    }),
  ),
  fc
    .tuple(side, scope, place, fc.integer({ min: 1, max: 6 }))
    .map(([at, wanted, after, limit]) =>
      command(`read ${limit} of ${json(wanted)} after ${after} ${at}`, (model, real) =>
        read(model, real[at](), wanted, seqAt(model, after), limit),
      ),
    ),
  side.map((at) => command(`count ${at}`, (model, real) => count(model, real[at]()))),
  fc.tuple(side, place).map(([at, which]) =>
    command(`find ${which} ${at}`, async (model, real) => {
      const entry = chosen(model.everSeen, which);
      if (entry !== undefined) await find(model, real[at](), entry);
    }),
  ),
  fc
    .tuple(scope, place, draft)
    .map(([wanted, after, waker]) =>
      command(`wait for ${json(wanted)} after ${after}, then send ${json(waker)}`, (model, real) =>
        wait(model, real, wanted, seqAt(model, after), waker),
      ),
    ),
  fc.tuple(side, fc.constantFrom(...consumers), place).map(([at, consumer, which]) =>
    command(`acknowledge ${which} by ${consumer} ${at}`, async (model, real) => {
      const entry = chosen(model.everSeen, which);
      if (entry !== undefined) await acknowledge(model, real, at, consumer, entry);
    }),
  ),
  fc
    .tuple(side, channel)
    .map(([at, name]) => command(`clear ${name} ${at}`, (model, real) => clear(model, real[at](), name))),
  fc.tuple(side, place).map(([at, which]) =>
    command(`undo clear ${which} ${at}`, async (model, real) => {
      const clear = chosen(
        model.everSeen.filter(({ kind }) => kind === "cleared"),
        which,
      );
      if (clear !== undefined) await undo(model, real[at](), clear);
    }),
  ),
  fc
    .tuple(side, fc.nat(30), fc.integer({ min: 1, max: 5 }))
    .map(([at, age, limit]) =>
      command(`prune ${limit} older than ${age} ${at}`, (model, real) =>
        prune(model, real[at](), real.clock.now() - age, limit),
      ),
    ),
  fc.integer({ min: -5, max: 20 }).map((ms) => command(`tick ${ms}`, async (_model, real) => real.clock.advance(ms))),
  fc.constant(command("restart", (_model, real) => real.restart())),
];

async function memory(): Promise<Real> {
  const clock = createFakeClock();
  const store = createMemoryStore({ clock, maxChannels: () => maxChannels });
  return { clock, here: () => store, there: () => store, restart: async () => {}, end: () => store.close() };
}

async function sqlite(connections: 1 | 2): Promise<Real> {
  const clock = createFakeClock();
  const folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
  const path = join(folder, "bridge.db");
  const open = () => openSqliteStore({ path, clock, maxChannels: () => maxChannels });
  let here = await open();
  let there = connections === 2 ? await open() : here;

  async function close() {
    await here.close();
    await there.close();
  }

  return {
    clock,
    here: () => here,
    there: () => there,
    async restart() {
      await close();
      here = await open();
      there = connections === 2 ? await open() : here;
    },
    async end() {
      await close();
      checkDatabase(path);
      await rm(folder, { recursive: true });
    },
  };
}

describe("a store does what its model does", () => {
  it.each([
    ["memory", memory, 300],
    ["sqlite", () => sqlite(1), 100],
    ["sqlite with two connections", () => sqlite(2), 100],
  ] as const)("%s", { timeout: 120_000 }, async (_name, open, numRuns) => {
    const property = fc.asyncProperty(fc.commands(commands, { maxCommands: 80, size: "max" }), async (steps) => {
      const real = await open();
      try {
        await fc.asyncModelRun(() => ({ model: createModel(), real }), steps);
      } finally {
        await real.end();
      }
    });
    await expect(fc.assert(property, { numRuns })).resolves.toBeUndefined();
  });
});
