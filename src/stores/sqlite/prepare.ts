import type { DatabaseSync, SQLInputValue } from "node:sqlite";

/** A prepared statement whose rows have the shape that its SQL gives them. */
export interface Query<Row = unknown> {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  iterate(...values: SQLInputValue[]): Iterable<Row>;
  /** Returns how many rows it changed. */
  run(...values: SQLInputValue[]): number;
}

export function prepare<Row = unknown>(database: DatabaseSync, sql: string): Query<Row> {
  const statement = database.prepare(sql);
  // The one place where rows get their type: whoever wrote the SQL says what it selects, and the tables are STRICT.
  return {
    get: (...values) => statement.get(...values) as Row | undefined,
    all: (...values) => statement.all(...values) as Row[],
    iterate: (...values) => statement.iterate(...values) as Iterable<Row>,
    run: (...values) => Number(statement.run(...values).changes),
  };
}

/** Call it when a statement of a transaction has failed. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // SQLite has rolled back already, as it does when the disk is full. The error that led here is the one to tell.
  }
}
