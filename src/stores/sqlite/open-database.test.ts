import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginning, type ChannelName, type ConsumerId } from "../../core/message.ts";
import { everything } from "../../core/scope.ts";
import { formatTime } from "../../core/time.ts";
import type { Store } from "../../core/store.ts";
import { openSqliteStore, type SqliteOptions } from "../sqlite.ts";

describe("a database file", () => {
  let folder: string;
  let path: string;
  let opened: Store[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    path = join(folder, "bridge.db");
    opened = [];
  });

  afterEach(async () => {
    for (const store of opened) await store.close();
    await rm(folder, { recursive: true });
  });

  async function open(options: Partial<SqliteOptions> = {}): Promise<Store> {
    const store = await openSqliteStore({ path, ...options });
    opened.push(store);
    return store;
  }

  const draft = { channel: "demo:worker" as ChannelName, sender: "ann", content: "hello" };

  function raw<T>(work: (database: DatabaseSync) => T): T {
    const database = new DatabaseSync(path);
    try {
      return work(database);
    } finally {
      database.close();
    }
  }

  it("keeps everything when it is closed and opened again", async () => {
    const first = await open();
    const [appended] = await first.append([{ ...draft, idempotencyKey: "k" }, draft]);
    const before = await first.read(everything, beginning, 10);
    await first.close();
    const second = await open();
    expect(second.epoch).toBe(first.epoch);
    expect(await second.read(everything, beginning, 10)).toEqual(before);
    expect(await second.append([{ ...draft, idempotencyKey: "k" }])).toEqual([{ ...appended, isNew: false }]);
    expect(await second.totals()).toEqual({ channels: 1, messages: 2 });
  });

  it("gives no seq twice after it was emptied and opened again", async () => {
    const first = await open();
    await first.append([draft, draft]);
    await first.prune(Number.MAX_SAFE_INTEGER, 10);
    const lastSeq = await first.lastSeq();
    await first.close();
    const [appended] = await (await open()).append([draft]);
    expect(appended).toMatchObject({ message: { seq: lastSeq + 1, prev: lastSeq } });
  });

  it("gives each store an epoch of its own", async () => {
    const first = await open();
    const second = await open({ path: join(folder, "second.db") });
    expect(second.epoch).not.toBe(first.epoch);
  });

  it("can be made by two at once", async () => {
    const stores = await Promise.all([open(), open(), open()]);
    expect(new Set(stores.map(({ epoch }) => epoch)).size).toBe(1);
  });

  it("is durable and stamped as ours", async () => {
    await open();
    expect(raw((database) => database.prepare("PRAGMA application_id").get())).toEqual({ application_id: 0x636c6272 });
    expect(raw((database) => database.prepare("PRAGMA journal_mode").get())).toEqual({ journal_mode: "wal" });
    expect(raw((database) => database.prepare("PRAGMA auto_vacuum").get())).toEqual({ auto_vacuum: 2 });
  });

  it("has small pages, of which a commit writes less", async () => {
    await open();
    expect(raw((database) => database.prepare("PRAGMA page_size").get())).toEqual({ page_size: 2048 });
  });

  it("keeps the pages that it was made with", async () => {
    raw((database) => database.exec("PRAGMA page_size = 4096; CREATE TABLE first (a); DROP TABLE first"));
    const store = await open();
    expect(await store.append([draft])).toMatchObject([{ kind: "appended" }]);
    expect(raw((database) => database.prepare("PRAGMA page_size").get())).toEqual({ page_size: 4096 });
  });

  it("is brought up to date when the version before made it, with the places of consumers", async () => {
    const first = await open();
    const [appended] = await first.append([draft]);
    if (appended?.kind !== "appended") throw new Error("the draft was refused");
    await first.close();
    raw((database) =>
      database.exec(`
        ${["principal", "kind", "via", "hops", "label"].map((name) => `ALTER TABLE entries DROP COLUMN ${name};`).join("\n")}
        DROP TRIGGER search_forgets;
        DROP TABLE search_index;
        DROP TABLE search_state;
        DROP TABLE search_gone;
        DROP TRIGGER receipts_go;
        DROP TABLE receipts;
        DROP TABLE receipt_changes;
        DROP TABLE agents;
        DROP TABLE registry;
        DROP TABLE registry_version;
        DROP TABLE audit_trail;
        DROP TABLE audit_ends;
        DROP TABLE cleared;
        DROP TABLE cursors;
        CREATE TABLE cursors (
          channel_id INTEGER NOT NULL, consumer TEXT NOT NULL, seq INTEGER NOT NULL, message_id TEXT NOT NULL,
          updated_at INTEGER NOT NULL, PRIMARY KEY (channel_id, consumer)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO cursors SELECT id, 'reader', last_seq, 'some id', 0 FROM channels;
        UPDATE bridge SET cursors = 1;
        PRAGMA user_version = 1;
      `),
    );
    const second = await open();
    expect(await second.cursor("reader" as ConsumerId, draft.channel)).toMatchObject({ seq: appended.message.seq });
    expect(await second.clear(draft.channel)).toMatchObject({ count: 1 });
    expect(await second.cursor("reader" as ConsumerId, draft.channel)).toMatchObject({ seq: appended.message.seq });
  });

  it("shows people a plain table of messages", async () => {
    const store = await open({ clock: { now: () => 1_767_225_600_007.25 } });
    await store.append([{ ...draft, channel: "gone" as ChannelName }]);
    await store.clear("gone" as ChannelName);
    const [appended] = await store.append([draft]);
    const message = appended?.kind === "appended" ? appended.message : undefined;
    expect(raw((database) => database.prepare("SELECT * FROM messages").all())).toEqual([
      {
        seq: message?.seq,
        id: message?.id,
        channel: "demo:worker",
        sender: "ann",
        content: "hello",
        timestamp: formatTime(message?.acceptedAt ?? 0),
      },
    ]);
  });

  it.skipIf(process.platform === "win32")("is made for its owner only", async () => {
    const store = await open();
    await store.append([draft]);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === "win32")("is opened with a warning when others can read it", async () => {
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    await (await open({ warn })).close();
    await chmod(path, 0o644);
    await open({ warn });
    expect(warnings).toEqual([expect.stringContaining(`${path} can be read by other users`)]);
    expect((await stat(path)).mode & 0o777).toBe(0o644);
  });

  it.each(["x", "hello, world\n".repeat(1000), "SQLite format 3\0".padEnd(5000, "?")])(
    "is refused, and left alone, when it is no database (%#)",
    async (text) => {
      await writeFile(path, text);
      await expect(open()).rejects.toThrow(/is not a SQLite database; choose another path|is damaged; put a backup/);
      expect(await readFile(path, "utf8")).toBe(text);
    },
  );

  it("is refused when it is damaged", async () => {
    await (await open()).close();
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0xff, 100, 4096));
    await expect(open()).rejects.toThrow(`${path} is damaged`);
    expect(await readFile(path)).toEqual(bytes);
  });

  it("is refused, and left alone, when it is another program's", async () => {
    raw((database) => database.exec("CREATE TABLE messages (body TEXT); INSERT INTO messages VALUES ('mine')"));
    const before = await readFile(path);
    await expect(open()).rejects.toThrow(`${path} is the database of another program; choose another path`);
    expect(await readFile(path)).toEqual(before);
  });

  it("is refused when a newer version made it", async () => {
    await (await open()).close();
    raw((database) => database.exec("PRAGMA user_version = 1000"));
    await expect(open()).rejects.toThrow(`${path} was made by a newer claude-bridge`);
  });

  it("is refused when it is a folder, or there is no folder for it", async () => {
    await expect(open({ path: folder })).rejects.toThrow(`${folder} is a folder`);
    await expect(open({ path: join(folder, "none", "bridge.db") })).rejects.toThrow(`there is no folder`);
  });

  it("takes an empty file as a new one", async () => {
    await writeFile(path, "");
    const store = await open();
    expect(await store.totals()).toEqual({ channels: 0, messages: 0 });
  });

  it("is refused when another process has it for itself", async () => {
    await open({ exclusive: true });
    const refusal = { code: "store_busy", message: expect.stringContaining("in use by another process") };
    await expect(open({ exclusive: false })).rejects.toMatchObject(refusal);
    await expect(open({ exclusive: true })).rejects.toMatchObject(refusal);
    await expect(open()).rejects.toThrow("sharing it needs SQLite 3.51.3, i.e. Node 24 (or >= 22.23)");
  });

  it("is not given to one who wants it for itself while it is shared", async () => {
    const store = await open({ exclusive: false });
    await expect(open({ exclusive: true })).rejects.toMatchObject({ code: "store_busy" });
    expect(await store.append([draft])).toMatchObject([{ kind: "appended" }]);
  });

  it("is free again when the one who had it for itself has closed it", async () => {
    const first = await open({ exclusive: true });
    await first.append([draft]);
    await first.close();
    expect(await (await open({ exclusive: false })).totals()).toEqual({ channels: 1, messages: 1 });
  });
});
