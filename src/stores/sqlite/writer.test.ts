import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BridgeError } from "../../core/errors.ts";
import { type Ledger, prepareLedger } from "./ledger.ts";
import { openDatabase } from "./open-database.ts";
import { createWriter, type Reserve } from "./writer.ts";

describe("the writer", () => {
  let folder: string;
  let database: DatabaseSync;
  let other: DatabaseSync;
  const onCommit = vi.fn<(ledger: Ledger) => void>();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    const path = join(folder, "bridge.db");
    ({ database } = await openDatabase({ path }));
    other = new DatabaseSync(path);
    database.exec("CREATE TABLE notes (text TEXT UNIQUE)");
    onCommit.mockClear();
  });

  afterEach(async () => {
    database.close();
    other.close();
    await rm(folder, { recursive: true });
  });

  const open = (patienceMs?: number, reserve?: Reserve) =>
    createWriter({
      database,
      openLedger: prepareLedger(database, () => 10),
      onCommit,
      reserve,
      ...(patienceMs === undefined ? {} : { patienceMs }),
    });

  const note = (text: string) => () => database.prepare("INSERT INTO notes VALUES (?)").run(text).changes;
  const notes = () => other.prepare("SELECT text FROM notes ORDER BY text").all();

  it("makes one transaction of what is written in one turn", async () => {
    const { write } = open();
    await Promise.all([write(note("a")), write(note("b")), write(note("c"))]);
    expect(onCommit).toHaveBeenCalledTimes(1);
    expect(notes()).toEqual([{ text: "a" }, { text: "b" }, { text: "c" }]);
  });

  it("answers when the transaction is done, not before", async () => {
    const { write } = open();
    const seen: unknown[] = [];
    await write(note("a")).then(() => seen.push(...notes()));
    expect(seen).toEqual([{ text: "a" }]);
  });

  it("refuses one write without touching those beside it", async () => {
    const { write } = open();
    const refusal = new BridgeError("limit_reached", "too many");
    const answers = await Promise.allSettled([
      write(note("a")),
      write(() => {
        throw refusal;
      }),
      write(note("b")),
    ]);
    expect(answers).toMatchObject([{ status: "fulfilled" }, { reason: refusal }, { status: "fulfilled" }]);
    expect(onCommit).toHaveBeenCalledTimes(1);
  });

  it("undoes a write that fails, and keeps those beside it", async () => {
    const { write } = open();
    const answers = await Promise.allSettled([
      write(note("a")),
      write(() => {
        note("half")();
        note("a")();
      }),
      write(note("b")),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(notes()).toEqual([{ text: "a" }, { text: "b" }]);
  });

  it("waits for another process that is writing", async () => {
    const { write } = open();
    other.exec("BEGIN IMMEDIATE");
    const writing = Promise.all([write(note("a")), write(note("b"))]);
    await turn();
    await turn();
    expect(onCommit).not.toHaveBeenCalled();
    other.exec("COMMIT");
    await writing;
    expect(notes()).toEqual([{ text: "a" }, { text: "b" }]);
  });

  it("says store_busy when another process writes for too long", async () => {
    const { write, drain } = open(20);
    other.exec("BEGIN IMMEDIATE");
    await expect(write(note("a"))).rejects.toMatchObject({ code: "store_busy", retryable: true });
    other.exec("COMMIT");
    await drain();
    await write(note("b"));
    expect(notes()).toEqual([{ text: "b" }]);
  });

  it("says store_full when there is no room, and goes on when there is", async () => {
    const { write } = open();
    const { page_count: pages } = database.prepare("PRAGMA page_count").get() ?? {};
    database.exec(`PRAGMA max_page_count = ${Number(pages)}`);
    const long = "x".repeat(100_000);
    const answers = await Promise.allSettled([write(note("short")), write(note(long))]);
    expect(answers).toMatchObject([{ reason: { code: "store_full" } }, { reason: { code: "store_full" } }]);
    expect(notes()).toEqual([]);
    database.exec("PRAGMA max_page_count = 100000");
    await write(note(long));
    expect(notes()).toHaveLength(1);
  });

  it("lets what frees space use the reserve, and nothing else write until it is there again", async () => {
    let reserve = 1;
    const { write, free } = open(undefined, {
      release: () => {
        if (reserve === 0) return false;
        reserve -= 1;
        database.exec("PRAGMA max_page_count = 100000");
        return true;
      },
      isReleased: () => reserve === 0,
      async restore() {
        reserve = 1;
      },
    });
    database.exec("PRAGMA max_page_count = 1");
    const long = "x".repeat(100_000);
    const answers = await Promise.allSettled([write(note(`${long}1`)), free(note(`${long}2`))]);
    expect(answers).toMatchObject([{ reason: { code: "store_full" } }, { status: "fulfilled" }]);
    await expect(write(note("a"))).rejects.toMatchObject({ code: "store_full" });
    await write(note("b"));
    expect(notes()).toEqual([{ text: "b" }, { text: `${long}2` }]);
  });

  it("drains what is waiting", async () => {
    const { write, drain } = open();
    const writing = write(note("a"));
    await drain();
    expect(notes()).toEqual([{ text: "a" }]);
    await writing;
    await drain();
    expect(onCommit).toHaveBeenCalledTimes(1);
  });
});
