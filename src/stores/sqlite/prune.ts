import type { DatabaseSync } from "node:sqlite";
import type { Seq } from "../../core/message.ts";
import type { Ledger } from "./ledger.ts";
import { prepare } from "./prepare.ts";
import { toMs } from "./rows.ts";
import type { Chore } from "./upkeep.ts";

interface OldRow {
  readonly seq: Seq;
  readonly channel_id: number;
  readonly accepted_at: number;
  readonly sender: string | null;
  /** Null for a message. */
  readonly count: number | null;
}

/**
 * Walks the log from its oldest entry, which needs no index on the time. Undefined, and nothing done, while there are
 * entries of cleared channels to be swept up: there may be any number of them in the way. A clear of messages that are
 * too old by now is one of them, even if it was to be undone.
 */
export function preparePrune(database: DatabaseSync, sweep: Chore) {
  const oldest = prepare<OldRow>(
    database,
    "SELECT seq, channel_id, accepted_at, sender, count FROM entries ORDER BY seq LIMIT ?",
  );
  const abandoned = prepare(database, "SELECT 1 FROM cleared WHERE channel_id = ?");
  const forgetUndo = prepare(database, "UPDATE cleared SET seq = NULL, at = NULL WHERE channel_id = ?");
  const deleteUpTo = prepare(database, "DELETE FROM entries WHERE seq <= ?");

  return (ledger: Ledger, before: number, limit: number): number | undefined => {
    if (sweep.isDue()) return undefined;
    const rows = oldest.all(limit);
    const kept = rows.findIndex(({ accepted_at }) => toMs(accepted_at) >= before);
    const old = kept < 0 ? rows : rows.slice(0, kept);
    const last = old.at(-1);
    if (last === undefined) return 0;
    const tooOld = [...new Set(old.map((row) => row.channel_id))].filter((id) => abandoned.get(id) !== undefined);
    for (const id of tooOld) forgetUndo.run(id);
    if (sweep.isDue()) return undefined;
    for (const { channel_id, sender, count } of old) {
      if (count === null && sender !== null) ledger.forgetMessage(ledger.at(channel_id), sender);
    }
    return deleteUpTo.run(last.seq);
  };
}
