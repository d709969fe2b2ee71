import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { undoMs } from "../../core/limits.ts";
import { beginning, type ChannelName, type Message } from "../../core/message.ts";
import { everything, only } from "../../core/scope.ts";
import type { Store } from "../../core/store.ts";
import { createFakeClock, type FakeClock } from "../../testing/fake-clock.ts";
import { openSqliteStore } from "../sqlite.ts";
import { prepareLogFile } from "./log-file.ts";
import { openDatabase } from "./open-database.ts";

const big = "big" as ChannelName;
const small = "small" as ChannelName;
const messages = 20_000;

describe("a channel of many messages in a sqlite store", () => {
  let folder: string;
  let path: string;
  let here: Store;
  let there: Store;
  let raw: DatabaseSync;
  let clock: FakeClock;
  let kept: Message | undefined;
  let gone: Message | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    path = join(folder, "bridge.db");
    clock = createFakeClock();
    here = await openSqliteStore({ path, clock });
    there = await openSqliteStore({ path, clock });
    raw = new DatabaseSync(path, { readOnly: true });
    kept = await send(small, "kept");
    gone = await send(big, "first", "key");
    const drafts = Array.from({ length: messages - 1 }, () => draft(big, "x".repeat(1000)));
    await here.append(drafts);
  });

  afterEach(async () => {
    await here.close();
    await there.close();
    raw.close();
    await rm(folder, { recursive: true });
  });

  const draft = (channel: ChannelName, content: string, idempotencyKey?: string) => ({
    channel,
    sender: "ann",
    content,
    idempotencyKey,
  });

  async function send(channel: ChannelName, content: string, key?: string): Promise<Message> {
    const [sent] = await here.append([draft(channel, content, key)]);
    if (sent?.kind !== "appended") throw new Error("the draft was refused");
    return sent.message;
  }

  const count = (table: string) => Number(raw.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.["n"]);

  it("keeps its rows while the clear can be undone, and brings them back in a moment", async () => {
    const cleared = await here.clear(big);
    await send(big, "since");
    expect(cleared && (await there.restore(cleared.id))).toMatchObject({ count: messages });
    expect(count("cleared")).toBe(0);
    expect(await here.totals()).toEqual({ channels: 2, messages: messages + 2 });
    expect(gone && (await here.find(gone.id))).toEqual(gone);
  });

  it("is gone at once for every reader, while its rows are not", async () => {
    const cleared = await here.clear(big);
    expect(cleared).toMatchObject({ count: messages });
    expect(count("entries")).toBeGreaterThan(messages / 2);
    for (const store of [here, there]) {
      expect(await store.read(only(big), beginning, 10)).toEqual([cleared]);
      expect(await store.read(everything, beginning, 10)).toEqual([kept, cleared]);
      expect(await store.read({ names: [], patterns: ["*i*"] }, beginning, 10)).toEqual([cleared]);
      expect(await store.tail(everything, 10)).toEqual([kept]);
      expect(await store.tail(only(big), 10)).toEqual([]);
      expect(await store.remaining(everything, beginning)).toBe(1);
      expect(await store.remaining(only(big), beginning)).toBe(0);
      expect(gone && (await store.find(gone.id))).toBeUndefined();
      expect(cleared && (await store.find(cleared.id))).toEqual(cleared);
      expect(await store.channels()).toMatchObject([{ channel: small }]);
      expect(await store.totals()).toEqual({ channels: 1, messages: 1 });
    }
    expect(count("messages")).toBe(1);
  });

  it("takes messages again at once, also with a key that was used before", async () => {
    const cleared = await here.clear(big);
    const again = await send(big, "other", "key");
    expect(again.prev).toBe(cleared?.seq);
    expect(await there.read(only(big), beginning, 10)).toEqual([cleared, again]);
    expect(await here.clear(big)).toMatchObject({ count: 1 });
  });

  it("is pruned around: what was cleared is not counted, and not in the way", async () => {
    const cleared = await here.clear(big);
    const last = await send(small, "last");
    expect(await there.prune(Number.MAX_SAFE_INTEGER, 2)).toBe(2);
    expect(await there.read(everything, beginning, 10)).toEqual([last]);
    expect(cleared && (await here.find(cleared.id))).toBeUndefined();
  });

  it("is deleted by whoever opens the file next, if the process ends before", async () => {
    await here.clear(big);
    await here.close();
    await there.close();
    expect(count("cleared")).toBe(1);
    clock.advance(undoMs);
    here = await openSqliteStore({ path, clock });
    await expect.poll(() => count("cleared"), { timeout: 10_000 }).toBe(0);
    expect(count("entries")).toBe(2);
    expect(count("senders")).toBe(1);
  });

  it("gives its space back to the file system", async () => {
    const before = (await stat(path)).size;
    await here.clear(big);
    clock.advance(undoMs);
    await here.clear(small);
    await expect
      .poll(() => raw.prepare("PRAGMA page_count").get()?.["page_count"], { timeout: 10_000 })
      .toBeLessThan(1000);
    await here.close();
    await there.close();
    raw.close();
    here = await openSqliteStore({ path, clock });
    await here.close();
    expect(before).toBeGreaterThan(10_000_000);
    expect((await stat(path)).size).toBeLessThan(4_000_000);
    raw = new DatabaseSync(path, { readOnly: true });
  });
});

describe("the log of a sqlite database", () => {
  it("is emptied when nothing was written for a while", async () => {
    const folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    const path = join(folder, "bridge.db");
    const { database } = await openDatabase({ path });
    const { truncateWhenIdle } = prepareLogFile(database);
    const size = async () => (await stat(`${path}-wal`)).size;

    database.exec("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('a')");
    truncateWhenIdle();
    expect(await size()).toBeGreaterThan(0);
    truncateWhenIdle();
    expect(await size()).toBe(0);
    database.exec("INSERT INTO notes VALUES ('b')");
    truncateWhenIdle();
    expect(await size()).toBeGreaterThan(0);
    truncateWhenIdle();
    expect(await size()).toBe(0);
    database.close();
    await rm(folder, { recursive: true });
  });
});
