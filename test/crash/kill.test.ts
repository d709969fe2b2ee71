import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginning, type ChannelName, type Entry, isMessage, type Seq } from "../../src/core/message.ts";
import { everything } from "../../src/core/scope.ts";
import type { Store } from "../../src/core/store.ts";
import { openSqliteStore } from "../../src/stores/sqlite.ts";
import { makeOriginal, originalMessage } from "../import/original-database.ts";
import { checkDatabase } from "./check-database.ts";

let folder: string;
let path: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
  path = join(folder, "bridge.db");
});

afterEach(async () => {
  child?.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

const run = (script: string, ...args: string[]) =>
  spawn(process.execPath, [join(import.meta.dirname, script), path, ...args], { stdio: ["ignore", "pipe", "inherit"] });

/** Lets writers write until so many messages are acknowledged, kills them, and returns the seq of each key. */
async function writeAndKill(round: number, acknowledgements: number): Promise<Map<string, Seq>> {
  const writers = run("writers.ts", `${round}`);
  child = writers;
  const closed = once(writers, "close");
  const acknowledged = new Map<string, Seq>();
  for await (const line of createInterface({ input: writers.stdout })) {
    // The last line may have been broken off with its writer.
    const [, key, seq] = /^(\S+) (\d+)$/.exec(line) ?? [];
    if (key !== undefined) acknowledged.set(key, Number(seq) as Seq);
    if (acknowledged.size === acknowledgements) writers.kill("SIGKILL");
  }
  await closed;
  return acknowledged;
}

async function readAll(store: Store): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let after: Seq | undefined = beginning; after !== undefined; after = entries.at(-1)?.seq) {
    const page = await store.read(everything, after, 500);
    if (page.length === 0) break;
    entries.push(...page);
  }
  return entries;
}

describe("kill -9 while 16 writers are writing", () => {
  it("loses and doubles nothing that was acknowledged, round after round on the same file", async () => {
    const acknowledged = new Map<string, Seq>();
    const epochs = new Set<string>();
    for (const round of [1, 2, 3]) {
      const more = await writeAndKill(round, 100 + Math.floor(Math.random() * 1500));
      for (const [key, seq] of more) acknowledged.set(key, seq);

      const store = await openSqliteStore({ path });
      epochs.add(store.epoch);
      const entries = await readAll(store);
      const messages = entries.filter(isMessage).filter(({ channel }) => channel !== "scratch");
      const stored = new Map(messages.map(({ content, seq }) => [content.replace(/\.+$/, ""), seq]));

      expect(stored.size).toBe(messages.length);
      expect([...acknowledged].filter(([key, seq]) => stored.get(key) !== seq)).toEqual([]);
      expect(entries.map(({ seq }) => seq)).toEqual(
        [...new Set(entries.map(({ seq }) => seq))].toSorted((a, b) => a - b),
      );
      expect((await store.totals()).messages).toBe(entries.filter(isMessage).length);
      await store.close();
      checkDatabase(path);
    }
    expect(epochs.size).toBe(1);
  });

  it("recognises a sender who never got the answer and tries again", async () => {
    const acknowledged = await writeAndKill(1, 200);
    const store = await openSqliteStore({ path });
    const messages = (await readAll(store)).filter(isMessage).filter(({ channel }) => channel !== "scratch");
    const answers = await store.append(
      messages.map(({ channel, sender, content }) => ({
        channel,
        sender,
        content,
        idempotencyKey: content.replace(/\.+$/, ""),
      })),
    );
    expect(answers.map((answer) => answer.kind === "appended" && answer.isNew)).not.toContain(true);
    expect(messages.length).toBeGreaterThanOrEqual(acknowledged.size);
    await store.close();
  });
});

describe("kill -9 while a database of the original is imported", () => {
  const total = 20_000;

  const backups = async () => (await readdir(folder)).filter((name) => name.includes(".original-"));
  const sizeOf = async (file: string) => (await stat(file).catch(() => ({ size: 0 }))).size;

  it.each([
    ["when the copy is begun", async () => (await backups()).length > 0],
    ["when the import is under way", async () => (await sizeOf(`${path}-wal`)) > 100_000],
  ])("%s, the original can still be imported", async (_name, isTime) => {
    const { database, add } = makeOriginal(path, "1.2.0");
    database.exec("BEGIN");
    for (let at = 1; at <= total; at++) add(originalMessage(at, { content: "x".repeat(300) }));
    database.exec("COMMIT");
    database.close();

    const importing = run("writers.ts", "import");
    child = importing;
    await expect.poll(isTime, { interval: 1, timeout: 10_000 }).toBe(true);
    importing.kill("SIGKILL");
    await once(importing, "close");

    const store = await openSqliteStore({ path });
    const imported = await store.remaining({ names: ["demo:worker" as ChannelName], patterns: [] }, beginning);
    expect(imported).toBe(total);
    await store.close();
    checkDatabase(path);
  });
});
