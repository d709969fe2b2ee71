import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginning, type ChannelName, type ConsumerId, type MessageId } from "../../src/core/message.ts";
import { everything, only } from "../../src/core/scope.ts";
import type { Store } from "../../src/core/store.ts";
import { formatTime } from "../../src/core/time.ts";
import { openSqliteStore } from "../../src/stores/sqlite.ts";
import { checkDatabase } from "../crash/check-database.ts";
import { makeOriginal, originalId, originalMessage } from "./original-database.ts";

const worker = "demo:worker" as ChannelName;

describe("opening a database of the original", () => {
  let folder: string;
  let path: string;
  let store: Store | undefined;
  let warnings: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    path = join(folder, "claude-bridge.db");
    warnings = [];
  });

  afterEach(async () => {
    await store?.close();
    store = undefined;
    await rm(folder, { recursive: true });
  });

  async function open(exclusive = false): Promise<Store> {
    store = await openSqliteStore({ path, exclusive, warn: (message) => void warnings.push(message) });
    return store;
  }

  const backups = async () => (await readdir(folder)).filter((name) => name.includes(".original-")).toSorted();

  function rowsOf(file: string): unknown[] {
    const database = new DatabaseSync(join(folder, file));
    const rows = database.prepare("SELECT * FROM messages ORDER BY seq").all();
    database.close();
    return rows;
  }

  it.each([false, true])("keeps every message as it was (exclusive: %s)", async (exclusive) => {
    const { database, add } = makeOriginal(path, "0.8.0");
    add(originalMessage(1));
    add(originalMessage(2, { channel: "demo:review", sender: "linux", timestamp: "2026-11-22T10:36:57Z" }));
    add(originalMessage(3, { content: "a\r\nb 'quoted' 🧵 \u0000 end", sender: " blanks " }));
    add(originalMessage(4, { channel: "x".repeat(1000), content: "y".repeat(300_000) }));
    add(originalMessage(5, { content: "", sender: "" }));
    const before = database.prepare("SELECT * FROM messages ORDER BY seq").all();
    database.close();

    const { read, find, channels, totals } = await open(exclusive);
    const messages = await read(everything, beginning, 10);
    expect(messages.map((message) => message.kind === "message" && message.id)).toEqual(before.map(({ id }) => id));
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(messages.map(({ prev }) => prev)).toEqual([0, 0, 1, 0, 3]);
    expect(messages).toMatchObject(
      before.map(({ channel, sender, content }) => ({ kind: "message", channel, sender, content })),
    );
    expect(formatTime(messages[0]?.acceptedAt ?? 0)).toBe("2026-11-22T10:36:01.739294Z");
    expect(formatTime(messages[1]?.acceptedAt ?? 0)).toBe("2026-11-22T10:36:57.000000Z");
    expect(await find(originalId(2) as MessageId)).toEqual(messages[1]);
    expect(await totals()).toEqual({ channels: 3, messages: 5 });
    expect((await channels())[1]).toEqual({
      channel: worker,
      messages: 3,
      lastAcceptedAt: messages[4]?.acceptedAt,
      senders: ["", " blanks ", "mac"],
    });
    await store?.close();
    checkDatabase(path);
  });

  it("keeps a complete copy beside it, and says so", async () => {
    const { database, add } = makeOriginal(path, "1.2.0");
    add(originalMessage(1));
    add(originalMessage(2));
    database.close();
    const before = rowsOf("claude-bridge.db");
    await open();
    const [backup = ""] = await backups();
    expect(backup).toMatch(/^claude-bridge\.db\.original-\d{4}-\d{2}-\d{2}$/);
    expect(rowsOf(backup)).toEqual(before);
    expect((await stat(join(folder, backup))).mode & 0o777).toBe(0o600);
    expect(warnings.at(-1)).toContain("imported 2 messages of an older claude-bridge");
    expect(warnings.at(-1)).toContain(backup);
  });

  it("never writes over another copy", async () => {
    const { database } = makeOriginal(path, "0.8.0");
    database.close();
    const taken = `${path}.original-${new Date().toISOString().slice(0, 10)}`;
    await writeFile(taken, "precious");
    await open();
    expect(await backups()).toHaveLength(2);
    expect((await stat(taken)).size).toBe(8);
  });

  it("happens once", async () => {
    const { database, add } = makeOriginal(path, "0.8.0");
    add(originalMessage(1));
    database.close();
    await (await open()).close();
    await (await open()).append([{ channel: worker, sender: "mac", content: "new" }]);
    expect(await store?.totals()).toEqual({ channels: 1, messages: 2 });
    expect(await backups()).toHaveLength(1);
  });

  it("happens once when two open it at the same time", async () => {
    const { database, add } = makeOriginal(path, "1.2.0");
    for (let at = 1; at <= 500; at++) add(originalMessage(at));
    database.close();
    const stores = await Promise.all([openSqliteStore({ path }), openSqliteStore({ path })]);
    for (const one of stores) expect(await one.totals()).toEqual({ channels: 1, messages: 500 });
    for (const one of stores) await one.close();
    expect(await backups()).toHaveLength(1);
  });

  it("goes on behind the last seq that the original gave", async () => {
    const { database, add } = makeOriginal(path, "0.8.0");
    for (let at = 1; at <= 9; at++) add(originalMessage(at));
    database.exec("DELETE FROM messages WHERE seq > 4");
    database.close();
    const { append } = await open();
    expect(await append([{ channel: worker, sender: "mac", content: "new" }])).toMatchObject([
      { message: { seq: 10, prev: 4 } },
    ]);
  });

  it("does not lose a message whose time nobody can read", async () => {
    const { database, add } = makeOriginal(path, "0.8.0");
    add(originalMessage(1));
    add(originalMessage(2, { timestamp: "yesterday" }));
    database.close();
    const { read } = await open();
    const [first, second] = await read(everything, beginning, 10);
    expect(second).toMatchObject({ content: "message 2", acceptedAt: first?.acceptedAt });
  });

  it("keeps the keys of messages that are still there", async () => {
    const { database, add } = makeOriginal(path, "1.2.0");
    add(originalMessage(1));
    add(originalMessage(2));
    const key = database.prepare(
      "INSERT INTO bridge_idempotency VALUES ('demo:worker', 'mac', ?, 'sha', ?, ?, ?, '2026-11-22T10:36:57Z', '2026-11-29T10:36:57Z')",
    );
    key.run("k1", "committed", originalId(1), 1);
    key.run("k2", "pending", null, null);
    key.run("k3", "committed", originalId(99), 99);
    database.close();
    const { append, totals } = await open();
    const send = (content: string, idempotencyKey: string) =>
      append([{ channel: worker, sender: "mac", content, idempotencyKey }]);
    expect(await send("message 1", "k1")).toMatchObject([{ isNew: false, message: { id: originalId(1), seq: 1 } }]);
    expect(await send("other", "k1")).toMatchObject([{ kind: "refused", error: { code: "idempotency_conflict" } }]);
    expect(await send("message 2", "k2")).toMatchObject([{ isNew: true }]);
    expect(await send("message 3", "k3")).toMatchObject([{ isNew: true }]);
    expect(await totals()).toEqual({ channels: 1, messages: 4 });
  });

  it("keeps consumers' cursors, also in channels without messages", async () => {
    const { database, add } = makeOriginal(path, "1.2.0");
    add(originalMessage(1));
    add(originalMessage(2));
    const cursor = database.prepare("INSERT INTO bridge_consumer_cursors VALUES (?, ?, ?, ?, ?, '{}')");
    cursor.run("tui", "demo:worker", 1, originalId(1), "2026-11-22T10:36:57.739294Z");
    cursor.run("tui", "demo:gone", 7, originalId(7), "2026-11-22T10:36:57Z");
    database.close();
    const { cursor: cursorOf, append, channels } = await open();
    const consumer = "tui" as ConsumerId;
    expect(await cursorOf(consumer, worker)).toEqual({
      seq: 1,
      messageId: originalId(1),
      updatedAt: 1_795_343_817_739.294,
    });
    expect(await cursorOf(consumer, "demo:gone" as ChannelName)).toMatchObject({ seq: 7, messageId: originalId(7) });
    expect((await channels()).map(({ channel }) => channel)).toEqual([worker]);
    expect(await append([{ channel: "demo:gone" as ChannelName, sender: "mac", content: "new" }])).toMatchObject([
      { message: { seq: 8, prev: 7 } },
    ]);
    await store?.close();
    checkDatabase(path);
  });

  it("lets imported messages be cleared and pruned like any other", async () => {
    const { database, add } = makeOriginal(path, "1.2.0");
    for (let at = 1; at <= 6; at++) add(originalMessage(at, { channel: at % 2 === 0 ? "even" : "demo:worker" }));
    database.close();
    const { prune, clear, read, find } = await open();
    expect(await prune(Date.parse("2026-11-22T10:36:03Z"), 10)).toBe(2);
    expect(await clear(worker)).toMatchObject({ count: 2, seq: 7, prev: 5 });
    expect((await read(only("even" as ChannelName), beginning, 10)).map(({ id }) => id)).toEqual([
      originalId(4),
      originalId(6),
    ]);
    expect(await find(originalId(3) as MessageId)).toBeUndefined();
    await store?.close();
    checkDatabase(path);
  });

  it("leaves nothing of the old tables but the view that people know", async () => {
    const { database, add } = makeOriginal(path, "1.2.0");
    add(originalMessage(1));
    database.close();
    await (await open()).close();
    const after = new DatabaseSync(path);
    const names = after.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'bridge_%' OR name = 'audit'").all();
    expect(names).toEqual([]);
    expect(after.prepare("SELECT * FROM messages").all()).toEqual([{ seq: 1, ...originalMessage(1) }]);
    after.close();
  });

  it("takes an original without messages", async () => {
    makeOriginal(path, "0.8.0").database.close();
    expect(await (await open()).totals()).toEqual({ channels: 0, messages: 0 });
  });
});
