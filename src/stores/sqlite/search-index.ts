import type { DatabaseSync } from "node:sqlite";
import type { Seq } from "../../core/message.ts";
import { prepare } from "./prepare.ts";
import { tokensOf } from "./search-tokens.ts";
import type { Chore } from "./upkeep.ts";

/** Reading so many takes a search some milliseconds; indexing one by one would write as much for each as for a hundred. */
const defaultBatch = 1000;
/** With so many waiting, and only then, senders who are busy share the disk with the index: searches take too long. */
const mostWaiting = 100_000;
/** Messages of a second in which senders would notice. */
const busyPerSecond = 200;

/** Rows between two looks at the clock. */
const readAtOnce = 20;
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

export interface Indexing extends Chore {
  /** Told of messages that were appended; whether it is time to look if the chore is due. */
  count(messages: number): boolean;
}

/** Keeps the index of searches up with the log, behind it (`search_index` in `schema.ts`). */
export function prepareIndexing(database: DatabaseSync, batch = defaultBatch): Indexing {
  const behind = prepare<{ messages: number }>(
    database,
    "SELECT last_seq - indexed AS messages FROM bridge CROSS JOIN search_state",
  );
  const anyGone = prepare(database, "SELECT 1 FROM search_gone LIMIT 1");
  const traffic = createTraffic();
  let waiting = 0;
  let mayMerge = false;
  /** Made when they are needed: whoever only looks in does not need FTS5. */
  let steps: ReturnType<typeof prepareSteps> | undefined;

  function isDue(): boolean {
    if (mayMerge || anyGone.get() !== undefined) return true;
    const { messages } = behind.get() ?? { messages: 0 };
    return messages >= batch && (messages >= mostWaiting || !traffic.isBusy());
  }

  return {
    isDue,
    work(until) {
      steps ??= prepareSteps(database);
      if (anyGone.get() !== undefined) steps.forget(until);
      else if (mayMerge) mayMerge = steps.merge();
      else mayMerge = steps.index(until);
    },
    count(messages) {
      traffic.count(messages);
      waiting += messages;
      if (waiting < batch) return false;
      waiting = 0;
      return true;
    },
  };
}

/** How many messages came in this second and the one before. */
function createTraffic() {
  let second = 0;
  let [now, before] = [0, 0];

  function move(): void {
    const current = Math.floor(performance.now() / 1000);
    if (current === second) return;
    before = current === second + 1 ? now : 0;
    now = 0;
    second = current;
  }

  return {
    count(messages: number) {
      move();
      now += messages;
    },
    isBusy() {
      move();
      return now + before > busyPerSecond * 2;
    },
  };
}

function prepareSteps(database: DatabaseSync) {
  const next = prepare<Row>(
    database,
    `SELECT e.seq, e.channel_id AS channelId, c.name AS channel, e.sender, e.content, e.count
     FROM entries e LEFT JOIN channels c ON c.id = e.channel_id
     WHERE e.seq > (SELECT indexed FROM search_state) ORDER BY e.seq LIMIT ${readAtOnce}`,
  );
  const agentsOf = prepare<{ agent: string }>(database, "SELECT agent FROM receipts WHERE seq = ? AND why IS NOT NULL");
  const insert = prepare(database, "INSERT INTO search_index (rowid, words) VALUES (?, ?)");
  const moveTo = prepare(database, "UPDATE search_state SET indexed = ?");
  const gone = prepare<{ seq: Seq }>(database, `SELECT seq FROM search_gone ORDER BY seq LIMIT ${readAtOnce}`);
  const remove = prepare(database, "DELETE FROM search_index WHERE rowid = CAST(? AS INTEGER)");
  const forgetGone = prepare(database, "DELETE FROM search_gone WHERE seq <= ?");
  const changes = prepare<{ all: number }>(database, 'SELECT total_changes() AS "all"');
  const merge = prepare(database, `INSERT INTO search_index (search_index, rank) VALUES ('merge', ${mergePages})`);
  const nameBehind = prepareNames(database);

  /** Whether there was something to index. */
  function index(until: number): boolean {
    let last: Seq | undefined;
    while (performance.now() < until) {
      const rows = next.all();
      for (const { seq, channelId, channel, sender, content, count } of rows) {
        last = seq;
        if (count !== null) continue;
        const agents = agentsOf.all(seq).map(({ agent }) => agent);
        const name = channel ?? nameBehind(channelId);
        insert.run(seq, tokensOf({ sender: sender ?? "", content: content ?? "", channel: name, agents }));
        if (performance.now() >= until) break;
      }
      if (last !== undefined) moveTo.run(last);
      if (rows.length < readAtOnce) break;
    }
    return last !== undefined;
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
