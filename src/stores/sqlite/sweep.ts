import type { DatabaseSync } from "node:sqlite";
import { prepare } from "./prepare.ts";
import type { Chore } from "./upkeep.ts";

/** Rows deleted between two looks at the clock: a text of 128 KiB takes some 30 µs. */
const batchSize = 20;

/** Deletes the rows that clears have left to nobody (`cleared` in `schema.ts`). */
export interface Sweep extends Chore {
  /** The rows of this id only. */
  workOn(id: number, until: number): void;
}

export function prepareSweep(database: DatabaseSync): Sweep {
  const next = prepare<{ id: number }>(database, "SELECT channel_id AS id FROM cleared LIMIT 1");
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
  const forget = prepare(database, "DELETE FROM cleared WHERE channel_id = ?");

  function workOn(id: number, until: number): void {
    while (performance.now() < until) {
      if (deleteEntries.run(id) > 0 || deleteSenders.run(id) > 0) continue;
      forget.run(id);
      return;
    }
  }

  return {
    isDue: () => next.get() !== undefined,
    work(until) {
      for (let cleared = next.get(); cleared !== undefined && performance.now() < until; cleared = next.get()) {
        workOn(cleared.id, until);
      }
    },
    workOn,
  };
}
