import { mkdtemp, rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { undoMs } from "../src/core/limits.ts";
import type { ChannelName, Draft, Entry, Seq } from "../src/core/message.ts";
import type { Addressee, Mark } from "../src/core/receipt.ts";
import { scopeOfQuery } from "../src/core/search.ts";
import { parseQuery } from "../src/core/search-query.ts";
import type { Store } from "../src/core/store.ts";
import { createMemoryStore } from "../src/stores/memory.ts";
import { openSqliteStore } from "../src/stores/sqlite.ts";
import { createFakeClock, type FakeClock } from "../src/testing/fake-clock.ts";

/** Two engines of which the same is asked: what the one finds, the other does too. */
interface Both {
  readonly stores: readonly Store[];
  readonly clock: FakeClock;
  readonly cleared: Entry[][];
  /** Lets the index come up with the log, where it is to. */
  indexed(): Promise<void>;
}

const newest = Number.MAX_SAFE_INTEGER as Seq;

async function allOf(store: Store, text: string, now: number, limit: number, within: string[] | undefined) {
  const query = parseQuery(text, now);
  const scope = { ...scopeOfQuery(query), within: within && [within] };
  const found: number[] = [];
  for (let before: Seq | undefined = newest; before !== undefined;) {
    const page = await store.search(query, scope, before, limit);
    expect(page.messages.length).toBeLessThanOrEqual(limit);
    found.push(...page.messages.map(({ seq }) => seq));
    before = page.next;
  }
  return found;
}

type Step = (both: Both) => Promise<void>;

const agents = ["win/worker", "pi"];
const channels = ["demo:a", "demo:b", "ops"].map((name) => name as ChannelName);
const word = fc.constantFrom("alpha", "Alphabet", "beta", "Béta", "東京", "x1", "x2", "🦀");
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
const enveloped = fc
  .record({
    content: fc.oneof(text, fc.record({ alpha: text, list: fc.array(text, { maxLength: 2 }) })),
    type: fc.constantFrom("task", "question", "result"),
    thread_id: fc.option(fc.constantFrom("t1", "T 2"), { nil: undefined }),
    recipient: fc.option(fc.constantFrom("win", "WIN/worker", "mac"), { nil: undefined }),
    artifacts: fc.option(fc.constant([{ uri: "file:///a" }]), { nil: undefined }),
  })
  .map((envelope) => JSON.stringify({ schema_version: 1, ...envelope }));
const addressee: fc.Arbitrary<Addressee> = fc.record({
  agent: fc.constantFrom(...agents),
  why: fc.constantFrom("addressed", "mention"),
  state: fc.option(fc.constant("held" as const), { nil: undefined, freq: 3 }),
});
const draft: fc.Arbitrary<Draft> = fc.record({
  channel: fc.constantFrom(...channels),
  sender: fc.constantFrom("mac", "win/worker", "Win/other"),
  content: fc.oneof(text, enveloped),
  addressees: fc.uniqueArray(addressee, { maxLength: 2, selector: ({ agent }) => agent }),
  answers: fc.option(fc.record({ seq: fc.nat(20).map((seq) => seq as Seq), as: fc.constant(agents) }), {
    nil: undefined,
    freq: 3,
  }),
});
const mark: fc.Arbitrary<Mark> = fc.record({
  seq: fc.nat(20).map((seq) => seq as Seq),
  agent: fc.constantFrom(...agents),
  state: fc.constantFrom("stored", "in_context", "answered"),
});

const textParts = [
  "alpha",
  "alph*",
  "x*",
  "東",
  "🦀",
  '"alpha beta"',
  "beta-x1",
  "before:30s",
  "after:30s",
  "after:2m",
];
const fieldParts = ["from:win", "from:mac", "from:win/*", "to:win", "to:pi", "in:demo:a", "in:demo:*", "in:ops"];
const envelopeParts = ["type:task", "type:question", "type:r*", "thread:t1", 'thread:"T 2"', "has:artifact"];
const receiptParts = ["is:unread", "is:unanswered", "is:held", "is:question"];
const part = fc.constantFrom(...textParts, ...fieldParts, ...envelopeParts, ...receiptParts);
const query = fc
  .array(fc.tuple(part, fc.boolean(), fc.boolean()), { maxLength: 3 })
  .map((parts) => parts.map(([one, a, b]) => (a && b ? `-${one}` : one)).join(" "));

async function each(both: Both, work: (store: Store, at: number) => Promise<unknown>): Promise<void> {
  for (const [at, store] of both.stores.entries()) await work(store, at);
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(draft, { minLength: 1, maxLength: 4 }).map((drafts) => async (both: Both) => {
      await each(both, (store) => store.append(drafts));
    }),
  },
  fc.array(mark, { maxLength: 3 }).map((marks) => (both: Both) => each(both, (store) => store.receipts.record(marks))),
  fc.constantFrom(...channels).map((channel) => async (both: Both) => {
    await each(both, async (store, at) => {
      const cleared = await store.clear(channel);
      if (cleared !== undefined) both.cleared[at]?.push(cleared);
    });
  }),
  fc.nat(5).map((which) => async (both: Both) => {
    await each(both, async (store, at) => {
      const cleared = both.cleared[at]?.at(-1 - which);
      if (cleared !== undefined) await store.restore(cleared.id);
    });
  }),
  fc.tuple(fc.nat(90_000), fc.integer({ min: 1, max: 3 })).map(([age, limit]) => async (both: Both) => {
    await each(both, (store) => store.prune(both.clock.now() - age, limit));
    // Whether a clear of what is pruned can still be undone is the engine's to say.
    for (const cleared of both.cleared) cleared.length = 0;
  }),
  fc.constantFrom(1000, 40_000, undoMs).map(
    (ms) =>
      async ({ clock }: Both) =>
        clock.advance(ms),
  ),
  fc.constant((both: Both) => both.indexed()),
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        query,
        fc.integer({ min: 1, max: 5 }),
        fc.option(fc.constantFrom<string[]>(["demo:*"], ["*:a", "ops"], [])),
      )
      .map(([q, limit, within]) => async ({ stores, clock }: Both) => {
        const [reference, found] = await Promise.all(
          stores.map((store) => allOf(store, q, clock.now(), limit, within ?? undefined)),
        );
        expect([q, found]).toEqual([q, reference]);
      }),
  },
);

async function open(folder: string, indexBatch: number): Promise<Both & { end(): Promise<void> }> {
  const clock = createFakeClock();
  const path = join(folder, `${crypto.randomUUID()}.db`);
  const sqlite = await openSqliteStore({ path, clock, indexBatch });
  const memory = createMemoryStore({ clock });
  const raw = new DatabaseSync(path, { readOnly: true });
  const behind = raw.prepare("SELECT last_seq - indexed AS n FROM bridge CROSS JOIN search_state");
  return {
    stores: [memory, sqlite],
    clock,
    cleared: [[], []],
    async indexed() {
      for (let tries = 0; tries < 20 && Number(behind.get()?.["n"]) >= indexBatch; tries += 1) await setTimeout(2);
    },
    async end() {
      raw.close();
      await sqlite.close();
      await memory.close();
    },
  };
}

describe("a search in SQLite", () => {
  it.each([
    ["over its index", 1],
    ["over its index and what waits for it", 8],
    ["over its log", 1_000_000],
  ])("%s finds what the reference finds", { timeout: 120_000 }, async (_name, indexBatch) => {
    const folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    try {
      const property = fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 60, size: "max" }),
        async (steps) => {
          const both = await open(folder, indexBatch);
          try {
            for (const run of steps) await run(both);
          } finally {
            await both.end();
          }
        },
      );
      await expect(fc.assert(property, { numRuns: 100 })).resolves.toBeUndefined();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
