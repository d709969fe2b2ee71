import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setImmediate } from "node:timers/promises";
import { createMemoryStore } from "../stores/memory.ts";
import { beginning, type ChannelName } from "./message.ts";
import { everything, only } from "./scope.ts";
import { shareReads } from "./shared-reads.ts";
import type { Store } from "./store.ts";

const scope = only("demo:a" as ChannelName);
const draft = { channel: "demo:a" as ChannelName, sender: "mac", content: "one" };

let reads: number;
let store: Store;
beforeEach(() => {
  reads = 0;
  const engine = createMemoryStore();
  const counted: Store = {
    ...engine,
    read(...question) {
      reads += 1;
      return engine.read(...question);
    },
  };
  store = shareReads(counted);
});
afterEach(() => store.close());

describe("shared reads", () => {
  it("are one for all who ask the same in one turn", async () => {
    await store.append([draft]);
    const pages = await Promise.all([1, 2, 3].map(() => store.read(scope, beginning, 10)));
    expect(pages.map((page) => page.length)).toEqual([1, 1, 1]);
    expect(reads).toBe(1);
  });

  it("are as many as there are questions", async () => {
    await Promise.all([store.read(scope, beginning, 10), store.read(scope, beginning, 11)]);
    expect(reads).toBe(2);
  });

  it("are not for those who may read less", async () => {
    await store.append([draft]);
    const [all, none] = await Promise.all([
      store.read(everything, beginning, 10),
      store.read({ ...everything, within: [["other:*"]] }, beginning, 10),
    ]);
    expect([all.length, none.length]).toEqual([1, 0]);
  });

  it("do not outlive a commit", async () => {
    expect(await store.read(scope, beginning, 10)).toEqual([]);
    await store.append([draft]);
    expect(await store.read(scope, beginning, 10)).toHaveLength(1);
  });

  it("do not outlive what retention deletes", async () => {
    await store.append([draft]);
    expect(await store.read(scope, beginning, 10)).toHaveLength(1);
    await store.prune(Number.MAX_SAFE_INTEGER, 10);
    expect(await store.read(scope, beginning, 10)).toEqual([]);
  });

  it("do not outlive a turn", async () => {
    await store.read(scope, beginning, 10);
    await setImmediate();
    await store.read(scope, beginning, 10);
    expect(reads).toBe(2);
  });
});
