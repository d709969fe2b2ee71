import { describe, expect, it } from "vitest";
import { createMemoryStore } from "../stores/memory.ts";
import { type FeedPosition, follow, next } from "./feed.ts";
import { beginning, type ChannelName, type Entry } from "./message.ts";
import { everything, only } from "./scope.ts";
import type { Store } from "./store.ts";

const channel = "demo:a" as ChannelName;
const other = "demo:b" as ChannelName;
const scope = only(channel);

const append = (store: Store, content: string, to = channel) => store.append([{ channel: to, sender: "mac", content }]);
const contents = (page: readonly Entry[]) =>
  page.map((entry) => (entry.kind === "message" ? entry.content : "cleared"));

function position(more: Partial<FeedPosition> = {}): FeedPosition {
  return { after: beginning, limit: 10, signal: new AbortController().signal, ...more };
}

/** A store that runs `meanwhile` between the end of its first read and the moment when the reader has the answer. */
function busyBetween(store: Store, meanwhile: () => Promise<unknown>): Store {
  let first = true;
  return {
    ...store,
    async read(...args) {
      const page = await store.read(...args);
      if (first) await meanwhile();
      first = false;
      return page;
    },
  };
}

/** A store that counts who watches it. */
function counted(store: Store): { store: Store; watching: () => number } {
  let watching = 0;
  return {
    watching: () => watching,
    store: {
      ...store,
      watch(...args) {
        const unwatch = store.watch(...args);
        watching += 1;
        return () => {
          unwatch();
          watching -= 1;
        };
      },
    },
  };
}

describe("the next page", () => {
  it("is what is there already", async () => {
    const store = createMemoryStore();
    await append(store, "one");
    expect(contents(await next(store, scope, position()))).toEqual(["one"]);
  });

  it("is waited for when there is none yet", async () => {
    const store = createMemoryStore();
    const page = next(store, scope, position());
    await append(store, "late");
    expect(contents(await page)).toEqual(["late"]);
  });

  it("has a message that was committed between the read and the wait", async () => {
    const store = createMemoryStore();
    const busy = busyBetween(store, () => append(store, "in between"));
    expect(contents(await next(busy, scope, position()))).toEqual(["in between"]);
  });

  it("is no longer than asked for", async () => {
    const store = createMemoryStore();
    for (const content of ["one", "two", "three"]) await append(store, content);
    expect(contents(await next(store, scope, position({ limit: 2 })))).toEqual(["one", "two"]);
  });

  it("is of the scope only: another channel does not end the wait", async () => {
    const store = createMemoryStore();
    const page = next(store, scope, position());
    await append(store, "elsewhere", other);
    await append(store, "here");
    expect(contents(await page)).toEqual(["here"]);
  });

  it("tells of a clear as of a message", async () => {
    const store = createMemoryStore();
    await append(store, "gone");
    const page = next(store, scope, position({ after: await store.lastSeq() }));
    await store.clear(channel);
    expect(contents(await page)).toEqual(["cleared"]);
  });

  it("is empty when the reader gives up", async () => {
    const reader = new AbortController();
    const page = next(createMemoryStore(), scope, position({ signal: reader.signal }));
    reader.abort();
    expect(await page).toEqual([]);
  });

  it("is empty, without a read, for a reader that has given up before", async () => {
    const store = createMemoryStore();
    await append(store, "one");
    expect(await next(store, scope, position({ signal: AbortSignal.abort() }))).toEqual([]);
  });

  it.each(["a page came", "the reader gave up", "the store failed"])("watches no longer once %s", async (why) => {
    const reader = new AbortController();
    const inner = createMemoryStore();
    const { store, watching } = counted(inner);
    const page = next(store, scope, position({ signal: reader.signal }));
    expect(watching()).toBe(1);
    if (why === "a page came") await append(inner, "one");
    if (why === "the reader gave up") reader.abort();
    if (why === "the store failed") await inner.close();
    await page.catch(() => undefined);
    expect(watching()).toBe(0);
  });
});

describe("following", () => {
  it("gives every entry once and in order, those of old and those to come", async () => {
    const store = createMemoryStore();
    const reader = new AbortController();
    for (const content of ["one", "two", "three"]) await append(store, content);
    const seen: string[] = [];
    for await (const page of follow(store, scope, position({ limit: 2, signal: reader.signal }))) {
      seen.push(...contents(page));
      if (seen.length === 3) await append(store, "four");
      if (seen.length === 4) reader.abort();
    }
    expect(seen).toEqual(["one", "two", "three", "four"]);
  });

  it("misses nothing of many writers, whoever reads how slowly", async () => {
    const store = createMemoryStore();
    const reader = new AbortController();
    const writing = Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        for (let n = 0; n < 25; n++) await append(store, `${writer}:${n}`, n % 2 === 0 ? channel : other);
      }),
    );
    const seqs: number[] = [];
    for await (const page of follow(store, everything, position({ limit: 7, signal: reader.signal }))) {
      seqs.push(...page.map(({ seq }) => seq));
      if (seqs.length === 500) reader.abort();
    }
    await writing;
    expect(seqs).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  });

  it("watches nothing while its reader is busy, and nothing after it left", async () => {
    const inner = createMemoryStore();
    const { store, watching } = counted(inner);
    await append(inner, "one");
    for await (const _page of follow(store, scope, position())) {
      expect(watching()).toBe(0);
      break;
    }
    expect(watching()).toBe(0);
  });
});
