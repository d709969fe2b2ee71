import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkDatabase } from "./crash/check-database.ts";
import { cleanUp, runCli, startRelayProcess, temporaryFolder } from "./support/cli.ts";
import { post } from "./support/face.ts";

let cwd: string;
let db: string;
beforeEach(() => {
  cwd = temporaryFolder();
  db = join(cwd, "claude-bridge.db");
});
afterEach(cleanUp);

const run = (...args: string[]) => runCli(args, { cwd });
const startRelay = () => startRelayProcess([], { cwd });
const send = (url: string, content: string) => post(`${url}/api/send`, { channel: "a:b", sender: "test", content });

/** Starts a relay, sends the messages, and stops it. */
async function write(...contents: readonly string[]): Promise<void> {
  const relay = await startRelay();
  for (const content of contents) expect((await send(relay.url, content)).status).toBe(200);
  relay.kill("SIGTERM");
  await relay.exit;
}

function query(path: string, sql: string): unknown[] {
  const database = new DatabaseSync(path);
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

const modeOf = (path: string) => statSync(path).mode & 0o777;
/** Windows has no such bits. */
const ownersOnly = process.platform === "win32" ? 0o666 : 0o600;
const contents = (path: string) =>
  query(path, "SELECT content FROM entries ORDER BY seq").map((row) => Object.values(row as object)[0]);

describe("claude-bridge doctor", () => {
  it("finds nothing wrong with the database of a running relay", async () => {
    const relay = await startRelay();
    await send(relay.url, "hello");
    const { code, stdout, stderr } = await run("doctor");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^ok    .*claude-bridge\.db is a claude-bridge database, up to date\n/);
    expect(stdout).toMatch(/^ok    its pages and indexes are whole\nok    its counters are what counting gives\n/m);
    expect(stdout).not.toMatch(/^fail/m);
    expect((await send(relay.url, "hello again")).status).toBe(200);
  });

  it("fails where there is no database, and makes none", async () => {
    expect(await run("doctor")).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(`^fail  there is no file ${db}\n {6}\\S`),
    });
    writeFileSync(db, "this is no database at all, but long enough to be one".repeat(20));
    expect(await run("doctor")).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^fail  .* is not a SQLite database/),
    });
    expect(readdirSync(cwd)).toEqual(["claude-bridge.db"]);
  });

  it("finds damage, and says what to do", async () => {
    await write(...Array.from({ length: 50 }, () => "x".repeat(2000)));
    const bytes = readFileSync(db);
    writeFileSync(db, bytes.fill(0xff, bytes.length - 8192));
    const { code, stdout, stderr } = await run("doctor");
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(
      /^fail  it is damaged: .+\n {6}claude-bridge restore <a backup> .*--force; .*claude-bridge import /m,
    );
    expect(readFileSync(db)).toEqual(bytes);
  });

  it.each([
    ["UPDATE bridge SET messages = 7", "the bridge's counters"],
    ["UPDATE channels SET messages = 7", "the bridge's counters, the channels' counters, the senders' counters"],
    ["UPDATE senders SET messages = 7", "the senders' counters"],
    ["DELETE FROM senders", "the senders' counters"],
    ["UPDATE bridge SET last_seq = 1", "the last position"],
    [
      "UPDATE entries SET channel_id = 7 WHERE seq = 1",
      "the channels' counters, the senders' counters, entries of no channel",
    ],
  ])("finds wrong counters after %s", async (sql, told) => {
    await write("one", "two");
    query(db, sql);
    const { code, stdout } = await run("doctor");
    expect(code).toBe(1);
    expect(stdout).toMatch(`fail  not what counting gives: ${told}\n      copy the messages`);
  });

  it.skipIf(process.platform === "win32")("warns of a file that others can read, which is no failure", async () => {
    await write("one");
    chmodSync(db, 0o644);
    const { code, stdout } = await run("doctor");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^warn  other users .+\n {6}chmod 600 .+\n/m)]);
  });
});

describe("claude-bridge backup", () => {
  it("copies the database while a relay is writing to it", async () => {
    const relay = await startRelay();
    await send(relay.url, "before");
    const sending = Promise.all(Array.from({ length: 200 }, () => send(relay.url, "meanwhile")));
    const copy = join(cwd, "copy.db");
    const { code, stdout, stderr } = await run("backup", "copy.db");
    await sending;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(`Copied ${db} to ${copy}, 0.`);
    expect(modeOf(copy)).toBe(ownersOnly);
    expect(contents(copy)[0]).toBe("before");
    checkDatabase(copy);
    expect((await send(relay.url, "after")).status).toBe(200);
  });

  it("overwrites nothing", async () => {
    await write("one");
    writeFileSync(join(cwd, "copy.db"), "mine");
    expect(await run("backup", "copy.db")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: .*copy\.db is there already/),
    });
    expect(await run("backup", "claude-bridge.db")).toMatchObject({ code: 1 });
    expect(await run("backup", "absent/copy.db")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: .*cannot be made/),
    });
    expect(readFileSync(join(cwd, "copy.db"), "utf8")).toBe("mine");
    expect(contents(db)).toEqual(["one"]);
  });

  it("needs a database", async () => {
    expect(await run("backup", "copy.db")).toMatchObject({ code: 1, stderr: `error: there is no file ${db}\n` });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe("claude-bridge restore", () => {
  it("puts the copy in the place of the database, and keeps that", async () => {
    await write("one", "two");
    expect(await run("backup", "copy.db")).toMatchObject({ code: 0 });
    await write("lost");
    const { code, stdout, stderr } = await run("restore", "copy.db", "--force");
    expect([code, stderr]).toEqual([0, ""]);
    const kept = /; what was there is kept in (.+\.replaced-\d{4}-\d\d-\d\d)\n$/.exec(stdout)?.[1] ?? "";
    expect(contents(kept)).toEqual(["one", "two", "lost"]);
    expect(contents(db)).toEqual(["one", "two"]);
    expect(modeOf(db)).toBe(ownersOnly);
    await write("three");
    checkDatabase(db);
    // Whoever has read the lost message is at 3, and must not miss the next.
    expect(query(db, "SELECT seq FROM entries")).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 4 }]);
    expect(existsSync(`${db}.restoring`)).toBe(false);
  });

  it("puts it where there is none, behind all positions that may have been given since", async () => {
    await write("one");
    await run("backup", "copy.db");
    const other = join(cwd, "other.db");
    expect(await run("restore", "copy.db", "--db", "other.db")).toEqual({
      code: 0,
      stdout: `Restored ${other} from ${join(cwd, "copy.db")}\n`,
      stderr: "",
    });
    expect(query(other, "SELECT last_seq, messages FROM bridge")).toEqual([{ last_seq: 1_000_000_001, messages: 1 }]);
  });

  it("refuses while a relay has the database open", async () => {
    const relay = await startRelay();
    await send(relay.url, "one");
    await run("backup", "copy.db");
    const refusal = {
      code: 1,
      stderr: `error: ${db} is in use; stop every relay and agent that has it open, then try again\n`,
    };
    expect(await run("restore", "copy.db", "--force")).toMatchObject(refusal);
    expect((await send(relay.url, "two")).status).toBe(200);
    relay.kill("SIGTERM");
    await relay.exit;
    expect(contents(db)).toEqual(["one", "two"]);
    expect(readdirSync(cwd).filter((name) => name.includes(".re"))).toEqual([]);
  });

  it("refuses to replace a database without --force, and to take what is no good copy", async () => {
    await write(...Array.from({ length: 50 }, () => "x".repeat(2000)));
    await run("backup", "copy.db");
    const before = readFileSync(db);
    expect(await run("restore", "copy.db")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: .* is there already; --force /),
    });
    const copy = readFileSync(join(cwd, "copy.db"));
    writeFileSync(join(cwd, "copy.db"), copy.fill(0xff, copy.length - 8192));
    expect(await run("restore", "copy.db", "--force")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: .*copy\.db is damaged/),
    });
    expect(await run("restore", "absent.db", "--force")).toMatchObject({ code: 1 });
    expect(contents(db)).toHaveLength(50);
    expect(readFileSync(db).length).toBe(before.length);
  });

  it("replaces a damaged database", async () => {
    await write("one");
    await run("backup", "copy.db");
    writeFileSync(db, readFileSync(db).fill(0xff, 0, 4096));
    expect(await run("restore", "copy.db", "--force")).toMatchObject({ code: 0 });
    expect(contents(db)).toEqual(["one"]);
    await write("two");
    checkDatabase(db);
  });
});
