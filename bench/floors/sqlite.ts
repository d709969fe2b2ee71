/**
 * Bare node:sqlite group commit, durable as ours (WAL, FULL): for each line "<rows in a transaction> <seconds>" it
 * prints the rows a second.
 */
import { DatabaseSync } from "node:sqlite";
import { createInterface } from "node:readline";

const database = new DatabaseSync(process.argv[2] ?? ":memory:");
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
  CREATE TABLE messages (seq INTEGER PRIMARY KEY, channel INTEGER, sender TEXT, content TEXT, at INTEGER)`);
const insert = database.prepare("INSERT INTO messages (channel, sender, content, at) VALUES (?, ?, ?, ?)");
const content = "x".repeat(300);

function measure(group: number, seconds: number): number {
  const begun = performance.now();
  let rows = 0;
  while (performance.now() - begun < seconds * 1000) {
    database.exec("BEGIN IMMEDIATE");
    for (let row = 0; row < group; row++) insert.run(1, "writer", content, Date.now());
    database.exec("COMMIT");
    rows += group;
  }
  return rows / ((performance.now() - begun) / 1000);
}

console.log("0");
for await (const line of createInterface({ input: process.stdin })) {
  const [group, seconds] = line.split(" ").map(Number);
  console.log(measure(group ?? 1, seconds ?? 1));
}
