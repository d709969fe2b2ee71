import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import { undoMs } from "../../core/limits.ts";
import { prepare } from "./prepare.ts";
import { toMicros } from "./rows.ts";
import type { Chore } from "./upkeep.ts";

/** Rows deleted between two looks at the clock: a text of 128 KiB takes some 30 µs. */
const batchSize = 20;

/** Deletes the rows that clears have left to nobody (`cleared` in `schema.ts`), when it is too late to undo them. */
export interface Sweep extends Chore {
  /** The rows of this id only. From then on its clear cannot be undone. */
  workOn(id: number, until: number): void;
  /** Then nothing is kept for an undo. */
  readonly isSpaceNeeded: () => boolean;
}

export interface SweepOptions {
  readonly clock: Clock;
  readonly isSpaceNeeded: () => boolean;
}

export function prepareSweep(database: DatabaseSync, { clock, isSpaceNeeded }: SweepOptions): Sweep {
  const next = prepare<{ id: number }>(
    database,
    "SELECT channel_id AS id FROM cleared WHERE at IS NULL OR at <= ? LIMIT 1",
  );
  const deleteEntries = prepare(
    database,
    `DELETE FROM entries WHERE seq IN (SELECT seq FROM entries WHERE channel_id = ? ORDER BY seq LIMIT ${batchSize})`,
  );
  const deleteSenders = prepare(
    database,
    `DELETE FROM senders WHERE channel_id = ?1 AND sender IN (
       SELECT sender FROM senders WHERE channel_id = ?1 LIMIT ${batchSize}
     )`,
  );
  const forgetUndo = prepare(database, "UPDATE cleared SET seq = NULL, at = NULL WHERE channel_id = ?");
  const forget = prepare(database, "DELETE FROM cleared WHERE channel_id = ?");

  const due = () => next.get(isSpaceNeeded() ? Number.MAX_SAFE_INTEGER : toMicros(clock.now() - undoMs));

  function workOn(id: number, until: number): void {
    forgetUndo.run(id);
    while (performance.now() < until) {
      if (deleteEntries.run(id) > 0 || deleteSenders.run(id) > 0) continue;
      forget.run(id);
      return;
    }
  }

  return {
    isDue: () => due() !== undefined,
    work(until) {
      for (let cleared = due(); cleared !== undefined && performance.now() < until; cleared = due()) {
        workOn(cleared.id, until);
      }
    },
    workOn,
    isSpaceNeeded,
  };
}
