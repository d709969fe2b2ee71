import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginning, type ChannelName, type ConsumerId, type Entry } from "../../core/message.ts";
import { everything, only } from "../../core/scope.ts";
import type { Store } from "../../core/store.ts";
import { openSqliteStore } from "../sqlite.ts";

const consumer = "reader" as ConsumerId;
const named = (at: number) => `passing:${at}` as ChannelName;
const stays = "stays" as ChannelName;

describe("a sqlite store that has seen more names than it may keep", () => {
  let folder: string;
  let store: Store;
  let database: DatabaseSync;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    const path = join(folder, "bridge.db");
    store = await openSqliteStore({ path, maxChannels: () => 2 });
    database = new DatabaseSync(path, { readOnly: true });
    await store.append([draft(stays)]);
  });

  afterEach(async () => {
    await store.close();
    database.close();
    await rm(folder, { recursive: true });
  });

  const draft = (channel: ChannelName) => ({ channel, sender: "ann", content: "hello" });
  const count = (table: string) => database.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.["n"];

  async function pass(at: number): Promise<Entry> {
    const [sent] = await store.append([draft(named(at))]);
    if (sent?.kind !== "appended") throw new Error("the draft was refused");
    await store.advance(consumer, sent.message);
    await store.clear(named(at));
    return sent.message;
  }

  it("forgets the channels that are dead for longest, with what was left of them", async () => {
    for (let at = 0; at < 10; at++) await pass(at);
    expect(count("channels")).toBe(4);
    expect(count("cursors")).toBe(3);
    expect(count("entries JOIN channels ON channels.id = channel_id")).toBe(4);
    expect(database.prepare("SELECT known, channels, messages, cursors FROM bridge").get()).toEqual({
      known: 4,
      channels: 1,
      messages: 1,
      cursors: 3,
    });
    expect(await store.cursor(consumer, named(6))).toBeUndefined();
    expect(await store.cursor(consumer, named(7))).toBeDefined();
  });

  it("starts a forgotten channel anew, at a new position", async () => {
    for (let at = 0; at < 10; at++) await pass(at);
    const lastSeq = await store.lastSeq();
    const again = await pass(0);
    expect(again).toMatchObject({ prev: beginning });
    expect(again.seq).toBeGreaterThan(lastSeq);
  });

  it("keeps what comes alive in the same moment", async () => {
    for (let at = 0; at < 3; at++) await pass(at);
    // 0 is dead for longest: it comes alive, dies and the last makes room, all in one transaction.
    await Promise.all([
      store.append([draft(named(0))]),
      store.clear(stays),
      store.append([draft(named(100))]),
      store.clear(named(100)),
      store.append([draft(named(101))]),
    ]);
    expect(await store.remaining(only(named(0)), beginning)).toBe(1);
    expect((await store.channels()).map(({ channel }) => channel)).toEqual([named(0), named(101)]);
    expect(await store.totals()).toEqual({ channels: 2, messages: 2 });
    expect(await store.tail(everything, 10)).toHaveLength(2);
  });

  it("takes an acknowledgement for a channel that it has forgotten meanwhile", async () => {
    const old = await pass(0);
    for (let at = 1; at < 10; at++) await pass(at);
    expect(await store.advance(consumer, old)).toMatchObject({ advanced: true });
    expect(await store.cursor(consumer, named(0))).toMatchObject({ seq: old.seq });
    expect(await store.totals()).toEqual({ channels: 1, messages: 1 });
  });
});
