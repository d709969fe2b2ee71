import type { DatabaseSync } from "node:sqlite";
import { prepare } from "./prepare.ts";
import { applicationId, schemaVersion } from "./schema.ts";

/** Whose a database file is. */
export type Kind =
  | { readonly kind: "empty" }
  | { readonly kind: "ours"; readonly version: number }
  /** Made by claude-bridge 0.8 to 1.2, which kept everything in a table called `messages`. */
  | { readonly kind: "original" };

const originalColumns = ["channel", "content", "id", "sender", "seq", "timestamp"];

/**
 * @param schema `main`, or the name under which the database is attached.
 * @throws Error when the file is neither ours nor the original's.
 */
export function kindOf(database: DatabaseSync, schema: string, path: string): Kind {
  const stamp = prepare<{ application_id: number }>(database, `PRAGMA ${schema}.application_id`).get();
  if (stamp?.application_id === applicationId) {
    const version = prepare<{ user_version: number }>(database, `PRAGMA ${schema}.user_version`).get();
    return ours(path, version?.user_version ?? 0);
  }
  const objects = prepare<{ n: number }>(database, `SELECT COUNT(*) AS n FROM ${schema}.sqlite_schema`).get()?.n ?? 0;
  if (objects === 0 && stamp?.application_id === 0) return { kind: "empty" };
  const columns = prepare<{ name: string }>(database, `PRAGMA ${schema}.table_info(messages)`)
    .all()
    .map(({ name }) => name);
  if (hasTable(database, schema, "messages") && originalColumns.every((column) => columns.includes(column))) {
    return { kind: "original" };
  }
  throw new Error(`${path} is the database of another program; choose another path`);
}

function ours(path: string, version: number): Kind {
  if (version <= schemaVersion) return { kind: "ours", version };
  throw new Error(`${path} was made by a newer claude-bridge; update this one (npm install -g claude-bridge@latest)`);
}

export const hasTable = (database: DatabaseSync, schema: string, name: string): boolean =>
  prepare(database, `SELECT 1 FROM ${schema}.sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined;
