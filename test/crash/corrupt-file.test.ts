import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkDatabase } from "./check-database.ts";
import { createWriters, expectKept, sendMany } from "./load.ts";
import { cleanUp, startRelay, temporaryFolder } from "./relay.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, "bridge.db");
});
afterEach(cleanUp);

/** A database with messages in it, closed in order, so that all of it is in its file. */
async function makeDatabase(): Promise<void> {
  const relay = await startRelay({ folder });
  const writers = createWriters(8, (n) => `demo:${n}`);
  await Promise.all(writers.map((writer) => sendMany(writer, { url: () => relay.url, bytes: 2000 }, 10)));
  expect(await relay.kill("SIGTERM")).toBe(0);
}

function overwrite(start: number, end: number): void {
  writeFileSync(path, readFileSync(path).fill(0xff, start, end));
}

const starting = () =>
  startRelay({ folder }).then(
    () => "it started",
    (error: unknown) => (error instanceof Error ? error.message : ""),
  );

describe("a database file that is damaged", () => {
  it.each([
    { name: "its header", damage: () => overwrite(0, 100), says: "is not a SQLite database; choose another path" },
    { name: "its schema", damage: () => overwrite(100, 4096), says: "is damaged; put a backup in its place" },
    { name: "its end", damage: () => truncateSync(path, statSync(path).size / 2), says: "is damaged; put a backup" },
    { name: "all of it", damage: () => writeFileSync(path, "not a database\n".repeat(500)), says: "is not a SQLite" },
  ])("in $name is refused with what to do, and not written to", async ({ damage, says }) => {
    await makeDatabase();
    damage();
    const before = readFileSync(path);
    const told = await starting();
    expect(told).toContain("ended with 1");
    expect(told).toContain(`${path} ${says}`);
    expect(told).not.toContain("    at ");
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("is made whole by its log, where that still has all of it", async () => {
    const relay = await startRelay({ folder });
    const writers = createWriters(8, (n) => `demo:${n}`);
    await Promise.all(writers.map((writer) => sendMany(writer, { url: () => relay.url, bytes: 2000 }, 10)));
    await relay.kill();
    overwrite(0, statSync(path).size);
    const again = await startRelay({ folder });
    await expectKept(again.url, writers);
    expect(await again.kill("SIGTERM")).toBe(0);
    checkDatabase(path);
  });

  it("does not keep a relay from a log that was cut off with the machine: what is whole in it is used", async () => {
    const relay = await startRelay({ folder });
    const writers = createWriters(1, () => "demo:a");
    const [writer] = writers;
    if (writer !== undefined) await sendMany(writer, { url: () => relay.url, bytes: 2000 }, 20);
    await relay.kill();
    truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 1000);
    rmSync(`${path}-shm`, { force: true });
    const again = await startRelay({ folder });
    const page = await (await fetch(`${again.url}/api/messages?channel=demo:a&since_id=beginning&limit=500`)).json();
    expect((page as { messages: unknown[] }).messages).toHaveLength(19);
  });
});
