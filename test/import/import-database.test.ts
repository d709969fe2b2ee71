import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginning, type ChannelName, isMessage, type MessageId } from "../../src/core/message.ts";
import { everything } from "../../src/core/scope.ts";
import { importDatabase } from "../../src/stores/import-database.ts";
import { openSqliteStore } from "../../src/stores/sqlite.ts";
import { checkDatabase } from "../crash/check-database.ts";
import { makeOriginal, originalId, originalMessage } from "./original-database.ts";

const worker = "demo:worker" as ChannelName;

describe("importDatabase", () => {
  let folder: string;
  let path: string;
  let from: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    path = join(folder, "bridge.db");
    from = join(folder, "other one, 100%.db");
  });

  afterEach(async () => {
    checkDatabase(path);
    await rm(folder, { recursive: true });
  });

  const draft = (content: string, idempotencyKey?: string) => ({
    channel: worker,
    sender: "mac",
    content,
    idempotencyKey,
  });

  async function write(file: string, ...contents: readonly string[]) {
    const store = await openSqliteStore({ path: file });
    await store.append(contents.map((content) => draft(content)));
    const messages = await store.tail(everything, 500);
    await store.close();
    return messages;
  }

  async function readAll(file: string) {
    const store = await openSqliteStore({ path: file });
    const messages = await store.tail(everything, 500);
    await store.close();
    return messages;
  }

  it("appends the messages of an original behind ours, and leaves it alone", async () => {
    const { database, add } = makeOriginal(from, "1.2.0");
    add(originalMessage(1));
    add(originalMessage(2, { channel: "demo:review" }));
    add(originalMessage(3));
    database.close();
    const before = await readFile(from);
    const ours = await write(path, "ours");
    expect(await importDatabase({ path, from })).toEqual({ imported: 3, skipped: 0 });
    expect(await readFile(from)).toEqual(before);
    const messages = await readAll(path);
    expect(messages).toMatchObject([
      { content: "ours", id: ours[0]?.id },
      { seq: 2, prev: 1, id: originalId(1), content: "message 1", acceptedAt: 1_795_343_761_739.294 },
      { seq: 3, prev: 0, id: originalId(2), channel: "demo:review" },
      { seq: 4, prev: 2, id: originalId(3) },
    ]);
  });

  it("adds nothing the second time, and only what is new the third", async () => {
    const { database, add } = makeOriginal(from, "0.8.0");
    for (let at = 1; at <= 1200; at++) add(originalMessage(at));
    expect(await importDatabase({ path, from })).toEqual({ imported: 1200, skipped: 0 });
    expect(await importDatabase({ path, from })).toEqual({ imported: 0, skipped: 1200 });
    add(originalMessage(1201));
    database.close();
    expect(await importDatabase({ path, from })).toEqual({ imported: 1, skipped: 1200 });
  });

  it("appends the messages of another of ours, without its clears", async () => {
    const theirs = await openSqliteStore({ path: from });
    await theirs.append([draft("cleared")]);
    await theirs.clear(worker);
    await theirs.append([draft("one"), draft("two", "k")]);
    const sent = await theirs.tail(everything, 10);
    await theirs.close();
    await write(path, "ours");
    expect(await importDatabase({ path, from })).toEqual({ imported: 2, skipped: 0 });
    const store = await openSqliteStore({ path });
    const entries = (await store.read(everything, beginning, 10)).slice(1);
    const essence = ({ id, content, acceptedAt }: (typeof sent)[number]) => ({ id, content, acceptedAt });
    expect(entries.filter(isMessage).map(essence)).toEqual(sent.map(essence));
    expect(entries.map(({ seq, prev }) => [seq, prev])).toEqual([
      [2, 1],
      [3, 2],
    ]);
    expect(await store.append([draft("two", "k")])).toMatchObject([{ isNew: false, message: { id: sent[1]?.id } }]);
    await store.close();
  });

  it("knows its own messages when they come back, and restores those that it deleted", async () => {
    const [first] = await write(path, "one");
    await writeFile(from, await readFile(path));
    expect(await importDatabase({ path, from })).toEqual({ imported: 0, skipped: 1 });
    const store = await openSqliteStore({ path });
    await store.clear(worker);
    await store.close();
    expect(await importDatabase({ path, from })).toEqual({ imported: 1, skipped: 0 });
    expect(await importDatabase({ path, from })).toEqual({ imported: 0, skipped: 1 });
    const again = await openSqliteStore({ path });
    expect(await again.find(first?.id as MessageId)).toMatchObject({ content: "one", seq: 3, prev: 2 });
    await again.close();
  });

  it("keeps the keys of an original, but not over one of ours", async () => {
    const { database, add } = makeOriginal(from, "1.2.0");
    add(originalMessage(1));
    add(originalMessage(2));
    const key = database.prepare(
      "INSERT INTO bridge_idempotency VALUES ('demo:worker', 'mac', ?, 'sha', 'committed', ?, ?, '', '')",
    );
    key.run("k1", originalId(1), 1);
    key.run("k2", originalId(2), 2);
    database.close();
    const store = await openSqliteStore({ path });
    await store.append([draft("ours", "k1")]);
    await store.close();
    await importDatabase({ path, from });
    const after = await openSqliteStore({ path });
    expect(await after.append([draft("ours", "k1"), draft("message 2", "k2")])).toMatchObject([
      { isNew: false, message: { content: "ours" } },
      { isNew: false, message: { id: originalId(2) } },
    ]);
    await after.close();
  });

  it("can add to a database that is in use", async () => {
    makeOriginal(from, "0.8.0").add(originalMessage(1));
    const store = await openSqliteStore({ path });
    await store.append([draft("ours")]);
    await importDatabase({ path, from });
    await store.append([draft("ours too")]);
    const texts = (await store.tail(everything, 10)).map(({ content }) => content);
    expect(texts).toEqual(["ours", "message 1", "ours too"]);
    await store.close();
  });

  it("imports nothing from an empty database", async () => {
    await writeFile(from, "");
    expect(await importDatabase({ path, from })).toEqual({ imported: 0, skipped: 0 });
  });

  it("says what is wrong with the other file", async () => {
    await write(path, "ours");
    await expect(importDatabase({ path, from: join(folder, "none.db") })).rejects.toThrow("there is no file");
    await expect(importDatabase({ path, from: folder })).rejects.toThrow("there is no file");
    await expect(importDatabase({ path, from: path })).rejects.toThrow("cannot be imported into itself");
    await writeFile(from, "hello, world\n".repeat(1000));
    await expect(importDatabase({ path, from })).rejects.toThrow(`${from} is not a SQLite database`);
    expect(await readAll(path)).toHaveLength(1);
  });
});
