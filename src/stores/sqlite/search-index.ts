import type { DatabaseSync } from "node:sqlite";
import type { Seq } from "../../core/message.ts";
import { prepare } from "./prepare.ts";
import { tokensOf } from "./search-tokens.ts";
import type { Chore } from "./upkeep.ts";

/** Reading so many takes a search a millisecond; indexing one by one would write as much for each as for all of them. */
export const defaultBatch = 100;
/**
 * While senders are busy, nothing is indexed until so many wait. Then a search that has to read them all takes some 6 s,
 * in pages of 0.4 s; to index them takes half a minute.
 */
const defaultMostWaiting = 500_000;

/** What is gone is forgotten in so many rows between two looks at the clock. */
const forgetAtOnce = 20;
/** Pages of the index that are merged in one step: about 5 ms. */
const mergePages = 32;

interface Row {
  readonly seq: Seq;
  readonly channelId: number;
  readonly channel: string | null;
  readonly sender: string | null;
  readonly content: string | null;
  readonly count: number | null;
}

export interface IndexingOptions {
  /** Whether senders are busy: then nothing is due, unless too much is. */
  readonly isBusy: () => boolean;
  readonly batch?: number;
  readonly mostWaiting?: number;
}

/** Keeps the index of searches up with the log, behind it (`search_index` in `schema.ts`). */
export function prepareIndexing(
  database: DatabaseSync,
  { isBusy, batch = defaultBatch, mostWaiting = defaultMostWaiting }: IndexingOptions,
): Chore {
  // Of what is gone, no fewer than there are: to count them would take as long as there are many.
  const undone = prepare<{ waiting: number; gone: number }>(
    database,
    `SELECT last_seq - indexed AS waiting,
       coalesce((SELECT max(seq) FROM search_gone) - (SELECT min(seq) FROM search_gone) + 1, 0) AS gone
     FROM bridge CROSS JOIN search_state`,
  );
  const anyGone = prepare(database, "SELECT 1 FROM search_gone LIMIT 1");
  let mayMerge = false;
  /** A step had no time for all: what was begun is brought to its end. */
  let isCutShort = false;
  /** Made when they are needed: whoever only looks in does not need FTS5. */
  let steps: ReturnType<typeof prepareSteps> | undefined;

  return {
    isDue() {
      const { waiting, gone } = undone.get() ?? { waiting: 0, gone: 0 };
      if (isBusy()) return Math.max(waiting, gone) >= mostWaiting;
      return mayMerge || isCutShort || gone > 0 || waiting >= batch;
    },
    work(until) {
      steps ??= prepareSteps(database);
      if (anyGone.get() !== undefined) steps.forget(until);
      else if (mayMerge) mayMerge = steps.merge();
      else ({ mayMerge, isCutShort } = steps.index(until));
    },
  };
}

function prepareSteps(database: DatabaseSync) {
  const next = prepare<Row>(
    database,
    `SELECT e.seq, e.channel_id AS channelId, c.name AS channel, e.sender, e.content, e.count
     FROM entries e LEFT JOIN channels c ON c.id = e.channel_id
     WHERE e.seq > (SELECT indexed FROM search_state) ORDER BY e.seq`,
  );
  const agentsOf = prepare<{ agent: string }>(database, "SELECT agent FROM receipts WHERE seq = ? AND why IS NOT NULL");
  const insert = prepare(database, "INSERT INTO search_index (rowid, words) VALUES (?, ?)");
  const moveTo = prepare(database, "UPDATE search_state SET indexed = ?");
  const gone = prepare<{ seq: Seq }>(database, `SELECT seq FROM search_gone ORDER BY seq LIMIT ${forgetAtOnce}`);
  const remove = prepare(database, "DELETE FROM search_index WHERE rowid = CAST(? AS INTEGER)");
  const forgetGone = prepare(database, "DELETE FROM search_gone WHERE seq <= ?");
  const changes = prepare<{ all: number }>(database, 'SELECT total_changes() AS "all"');
  const merge = prepare(database, `INSERT INTO search_index (search_index, rank) VALUES ('merge', ${mergePages})`);
  const nameBehind = prepareNames(database);

  function index(until: number): { readonly mayMerge: boolean; readonly isCutShort: boolean } {
    let last: Seq | undefined;
    let isCutShort = false;
    // One after the other: a few of the largest texts take longer to read than a step has.
    for (const { seq, channelId, channel, sender, content, count } of next.iterate()) {
      last = seq;
      if (count === null) {
        const agents = agentsOf.all(seq).map(({ agent }) => agent);
        const name = channel ?? nameBehind(channelId);
        insert.run(seq, tokensOf({ sender: sender ?? "", content: content ?? "", channel: name, agents }));
      }
      isCutShort = performance.now() >= until;
      if (isCutShort) break;
    }
    if (last !== undefined) moveTo.run(last);
    return { mayMerge: last !== undefined, isCutShort };
  }

  return {
    index,
    forget(until: number): void {
      while (performance.now() < until) {
        const rows = gone.all();
        const last = rows.at(-1);
        if (last === undefined) return;
        for (const { seq } of rows) remove.run(seq);
        forgetGone.run(last.seq);
      }
    },
    /** Whether there may be more to merge: SQLite says so by how much it has changed. */
    merge(): boolean {
      const before = changes.get()?.all ?? 0;
      merge.run();
      return (changes.get()?.all ?? 0) - before >= 2;
    },
  };
}

/** The name of the channel that had this id when it was cleared: it may have it again. */
function prepareNames(database: DatabaseSync) {
  const behind = prepare<{ id: number; name: string | null }>(
    database,
    `SELECT e.channel_id AS id, c.name FROM cleared CROSS JOIN entries e ON e.seq = cleared.seq
     LEFT JOIN channels c ON c.id = e.channel_id WHERE cleared.channel_id = ?`,
  );
  return (id: number): string | undefined => {
    // A clear may itself have been cleared away.
    let found = behind.get(id);
    while (found !== undefined && found.name === null) found = behind.get(found.id);
    return found?.name ?? undefined;
  };
}
