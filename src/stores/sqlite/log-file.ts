import type { DatabaseSync } from "node:sqlite";
import { prepare } from "./prepare.ts";

/** SQLite's log (`-wal`), which keeps the size that it once had. */
export interface LogFile {
  /** Moves what is in it into the database and empties it, if nothing was written since the last call. */
  truncateWhenIdle(): void;
  truncate(): void;
}

export function prepareLogFile(database: DatabaseSync): LogFile {
  const dataVersion = prepare<{ data_version: number }>(database, "PRAGMA data_version");
  const totalChanges = prepare<{ changes: number }>(database, "SELECT total_changes() AS changes");
  const checkpoint = prepare(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  /** Commits by others, and changes of ours. */
  const state = () => `${dataVersion.get()?.data_version} ${totalChanges.get()?.changes}`;
  let seen = state();
  let truncated = "";

  function truncate(): void {
    try {
      checkpoint.get();
    } catch {
      // Others are reading or writing, or there is no room: the next time is as good.
    }
  }

  return {
    truncate,
    truncateWhenIdle() {
      const now = state();
      if (now === seen && now !== truncated) {
        truncate();
        truncated = now;
      }
      seen = now;
    },
  };
}
