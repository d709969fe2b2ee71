import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { undoMs } from "../../core/limits.ts";
import type { ChannelName, Seq } from "../../core/message.ts";
import { everything } from "../../core/scope.ts";
import type { SearchPage } from "../../core/search.ts";
import { parseQuery } from "../../core/search-query.ts";
import type { Store } from "../../core/store.ts";
import { createFakeClock, type FakeClock } from "../../testing/fake-clock.ts";
import { openSqliteStore } from "../sqlite.ts";

const channel = "demo:worker" as ChannelName;
const newest = Number.MAX_SAFE_INTEGER as Seq;

describe("the index of searches", () => {
  let folder: string;
  let path: string;
  let clock: FakeClock;
  let store: Store;
  let raw: DatabaseSync;

  const open = async (indexBatch?: number) => {
    store = await openSqliteStore({ path, clock, indexBatch });
  };
  const number = (sql: string) => Number(raw.prepare(sql).get()?.["n"]);
  const behind = () => number("SELECT last_seq - indexed AS n FROM bridge CROSS JOIN search_state");
  const indexed = () => number("SELECT COUNT(*) AS n FROM search_index_docsize");
  const drafts = (count: number, text = "word") =>
    Array.from({ length: count }, (_, at) => ({ channel, sender: "ann", content: `${text} ${at}` }));
  const found = async (text: string) =>
    (await store.search(parseQuery(text, clock.now()), everything, newest, 5)).messages.map(({ content }) => content);

  async function foundInPages(text: string): Promise<string[]> {
    const all: string[] = [];
    for (let before: Seq | undefined = newest; before !== undefined;) {
      const page: SearchPage = await store.search(parseQuery(text, clock.now()), everything, before, 2);
      all.push(...page.messages.map(({ content }) => content));
      before = page.next;
    }
    return all;
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    path = join(folder, "bridge.db");
    clock = createFakeClock();
    await open(10);
    raw = new DatabaseSync(path, { readOnly: true });
  });

  afterEach(async () => {
    await store.close();
    raw.close();
    await rm(folder, { recursive: true });
  });

  it("is not written by a send, and follows when enough have come", async () => {
    await store.append(drafts(9));
    expect(await found('"word 8"')).toEqual(["word 8"]);
    expect(indexed()).toBe(0);
    await store.append(drafts(1, "last"));
    expect(indexed()).toBe(0);
    await expect.poll(indexed).toBe(10);
    expect(await found("last")).toEqual(["last 0"]);
  });

  it("forgets what was pruned", async () => {
    await store.append(drafts(10));
    await expect.poll(indexed).toBe(10);
    clock.advance(1000);
    await store.prune(clock.now(), 7);
    expect(await found('"word 5"')).toEqual([]);
    await expect.poll(indexed).toBe(3);
    expect(number("SELECT COUNT(*) AS n FROM search_gone")).toBe(0);
  });

  it("keeps what was cleared until that cannot be undone any more", async () => {
    await store.append(drafts(10));
    await store.clear(channel);
    await expect.poll(indexed).toBe(10);
    expect(await found("word")).toEqual([]);
    clock.advance(undoMs);
    await store.close();
    await open(10);
    await expect.poll(() => number("SELECT COUNT(*) AS n FROM entries WHERE count IS NULL")).toBe(0);
    await store.append(drafts(10, "new"));
    await expect.poll(() => number("SELECT COUNT(*) AS n FROM search_gone")).toBe(0);
    await expect.poll(indexed).toBe(10);
  });

  it("is made for a database of the version before, in the background", async () => {
    await store.append(drafts(2500));
    await store.close();
    const writable = new DatabaseSync(path);
    writable.exec(`
      DROP TRIGGER search_forgets;
      DROP TABLE search_index;
      DROP TABLE search_state;
      DROP TABLE search_gone;
      PRAGMA user_version = 4;
    `);
    writable.close();
    await open();
    expect(await found('"word 7"')).toEqual(["word 7"]);
    await expect.poll(behind, { timeout: 10_000 }).toBeLessThan(1000);
    expect(await found('"word 7"')).toEqual(["word 7"]);
  });

  it("comes up with the log when a flood is over, though nobody sends any more", async () => {
    await store.append(drafts(300));
    expect(await found('"word 299"')).toEqual(["word 299"]);
    clock.advance(1000);
    await expect.poll(indexed, { timeout: 10_000 }).toBe(300);
  });

  it("is one with what waits, for whoever searches in a flood", async () => {
    const needles = async (text: string) => {
      await store.append([...drafts(500), ...drafts(1, text), ...drafts(500)]);
    };
    await needles("needle of old");
    clock.advance(1000);
    await expect.poll(behind, { timeout: 10_000 }).toBe(0);
    for (let at = 0; at < 5; at += 1) await needles(`needle ${at}`);
    expect(await foundInPages("needle")).toEqual([...[4, 3, 2, 1, 0].map((at) => `needle ${at} 0`), "needle of old 0"]);
    expect(behind()).toBe(5 * 1001);
    clock.advance(1000);
    await expect.poll(behind, { timeout: 10_000 }).toBe(0);
    expect(await foundInPages('"needle of"')).toEqual(["needle of old 0"]);
  });

  it("lets everybody else go on while a search reads what is not indexed", async () => {
    await store.close();
    await open(1_000_000);
    for (let at = 0; at < 20; at += 1) await store.append(drafts(1000));
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    expect(await found("nothing")).toEqual([]);
    clearInterval(count);
    expect(turns).toBeGreaterThan(1);
  });
});
