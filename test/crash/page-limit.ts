/**
 * Loaded into a relay before anything of its own: while the file at BRIDGE_FULL is there, its databases may not grow,
 * as if the disk were full.
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const flag = process.env["BRIDGE_FULL"] ?? "";
const largest = 4_294_967_294;

const databases = new Set<DatabaseSync>();
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function remember(sql) {
  databases.add(this);
  exec.call(this, sql);
};

let wasFull = false;
setInterval(() => {
  const isFull = existsSync(flag);
  if (isFull === wasFull) return;
  wasFull = isFull;
  // SQLite takes the size that the database has for a limit that is lower.
  for (const database of databases) exec.call(database, `PRAGMA max_page_count = ${isFull ? 1 : largest}`);
}, 5).unref();
