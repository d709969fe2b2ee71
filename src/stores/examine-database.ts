import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { wrongCounters } from "./sqlite/counters.ts";
import { healthOf } from "./sqlite/health.ts";
import type { Kind } from "./sqlite/kind.ts";
import { isOpenToOthers } from "./sqlite/open-file.ts";
import { openToRead } from "./sqlite/open-to-read.ts";
import { prepare } from "./sqlite/prepare.ts";
import { schemaVersion } from "./sqlite/schema.ts";
import { givesBackSpace } from "./sqlite/vacuum.ts";
import { mayShareFile } from "./sqlite/sharing.ts";

export interface Finding {
  readonly level: "ok" | "warn" | "fail";
  readonly text: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** A part of the file that is free, and is worth giving back. */
const muchFree = 1 / 4;
/** A log that SQLite could not put into the database for long. */
const largeLogBytes = 64 * 1024 * 1024;

/** Looks at a database file from all sides, one finding after the other, and changes nothing. A relay may be using it. */
export async function* examineDatabase(given: string): AsyncGenerator<Finding, void, void> {
  const path = resolve(given);
  const opened = open(path);
  if ("level" in opened) return yield opened;
  const { database, kind } = opened;
  try {
    yield whose(path, kind);
    yield permissions(path);
    yield await freeSpace(path);
    yield sharing(database);
    yield fileSize(path, database);
    yield logSize(path);
    const whole = integrity(path, database);
    yield whole;
    const isCounted = kind.kind === "ours" && kind.version === schemaVersion;
    if (whole.level === "ok" && isCounted) yield counters(path, database);
  } finally {
    database.close();
  }
}

function open(path: string): ReturnType<typeof openToRead> | Finding {
  try {
    return openToRead(path);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { level: "fail", text: error.message, fix: "give the right file with --db, or do what it says" };
  }
}

function whose(path: string, kind: Kind): Finding {
  switch (kind.kind) {
    case "empty":
      return { level: "ok", text: `${path} is empty; the next start fills it` };
    case "original":
      return {
        level: "warn",
        text: `${path} was made by claude-bridge 0.8 to 1.2`,
        fix: "start claude-bridge: it imports the messages, and keeps the file as it was beside it",
      };
    case "ours":
      if (kind.version === schemaVersion)
        return { level: "ok", text: `${path} is a claude-bridge database, up to date` };
      return {
        level: "warn",
        text: `${path} was made by an older claude-bridge`,
        fix: "start claude-bridge: it brings the database up to date",
      };
  }
}

function permissions(path: string): Finding {
  if (!isOpenToOthers(statSync(path))) return { level: "ok", text: "only its owner can read it" };
  return { level: "warn", text: "other users of this machine can read it", fix: `chmod 600 ${path}` };
}

async function freeSpace(path: string): Promise<Finding> {
  const { diskFreeBytes, diskIsLow } = await healthOf(path);
  const text = `${megabytes(diskFreeBytes)} free on its disk`;
  if (!diskIsLow) return { level: "ok", text };
  return { level: "warn", text, fix: "make room on the disk, or clear channels: on a full one messages are refused" };
}

function sharing(database: DatabaseSync): Finding {
  const version = valueOf<string>(database, "SELECT sqlite_version() AS value") ?? "";
  if (mayShareFile(version)) return { level: "ok", text: `SQLite ${version} lets several processes share it` };
  return {
    level: "warn",
    text: `SQLite ${version} of this Node lets only one process use it at a time`,
    fix: "use Node 24, or Node 22 from 22.23 on",
  };
}

function fileSize(path: string, database: DatabaseSync): Finding {
  const size = statSync(path).size;
  const pages = valueOf<number>(database, "SELECT page_count AS value FROM pragma_page_count") ?? 0;
  const free = valueOf<number>(database, "SELECT freelist_count AS value FROM pragma_freelist_count") ?? 0;
  const text = `the file has ${megabytes(size)}, ${percent(free / Math.max(1, pages))} of it free`;
  if (givesBackSpace(database) || free < pages * muchFree) return { level: "ok", text };
  return {
    level: "warn",
    text: `${text}; an older claude-bridge made it, so it keeps that for new messages`,
    fix: "stop the relay, then: claude-bridge backup copy.db && claude-bridge restore copy.db --force",
  };
}

function logSize(path: string): Finding {
  const size = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (size < largeLogBytes) return { level: "ok", text: `its log (-wal) has ${megabytes(size)}` };
  return {
    level: "warn",
    text: `its log (-wal) has ${megabytes(size)}: somebody has been reading the database for long`,
    fix: "close other programs that have it open, such as a sqlite3 shell",
  };
}

function integrity(path: string, database: DatabaseSync): Finding {
  const problem = whatIsDamaged(database);
  if (problem === undefined) return { level: "ok", text: "its pages and indexes are whole" };
  return {
    level: "fail",
    text: `it is damaged: ${problem}`,
    fix: `claude-bridge restore <a backup> --db ${path} --force; without one, save what can be read: claude-bridge import ${path} --db new.db`,
  };
}

/** The first problem. Damage can also keep the check itself from running. */
function whatIsDamaged(database: DatabaseSync): string | undefined {
  try {
    const [first] = prepare<{ integrity_check: string }>(database, "PRAGMA integrity_check(1)").all();
    return first?.integrity_check === "ok" ? undefined : first?.integrity_check.split("\n").at(-1);
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be read";
  }
}

function counters(path: string, database: DatabaseSync): Finding {
  const wrong = wrongCounters(database);
  if (wrong.length === 0) return { level: "ok", text: "its counters are what counting gives" };
  return {
    level: "fail",
    text: `not what counting gives: ${wrong.join(", ")}`,
    fix: `copy the messages, which counts them anew: claude-bridge import ${path} --db new.db`,
  };
}

const valueOf = <T>(database: DatabaseSync, sql: string) => prepare<{ readonly value: T }>(database, sql).get()?.value;

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
const percent = (part: number) => `${Math.round(part * 100)} %`;
