import type { DatabaseSync } from "node:sqlite";
import { prepare } from "./prepare.ts";

/** A query that finds nothing in a database whose counters are right, whatever happened to it. */
interface Check {
  readonly about: string;
  readonly sql: string;
}

/** Entries and senders without those that wait to be swept up. */
const own = "channel_id IN (SELECT id FROM channels)";

/** What `schema.ts` says of the counters. */
const checks: readonly Check[] = [
  {
    about: "the bridge's counters",
    sql: `SELECT 1 FROM bridge WHERE known <> (SELECT COUNT(*) FROM channels)
            OR channels <> (SELECT COUNT(*) FROM channels WHERE messages > 0)
            OR messages <> (SELECT COALESCE(SUM(messages), 0) FROM channels)
            OR cursors <> (SELECT COUNT(*) FROM cursors)`,
  },
  {
    about: "the channels' counters",
    sql: `SELECT 1 FROM channels
          LEFT JOIN (SELECT channel_id, COUNT(*) AS n FROM entries WHERE count IS NULL GROUP BY channel_id) AS counted
            ON counted.channel_id = channels.id
          WHERE messages <> COALESCE(n, 0) LIMIT 1`,
  },
  {
    about: "the senders' counters",
    sql: `SELECT channel_id, sender, messages FROM senders WHERE ${own}
          EXCEPT SELECT channel_id, sender, COUNT(*) FROM entries
          WHERE count IS NULL AND ${own} GROUP BY channel_id, sender
          UNION ALL SELECT id, name, messages FROM channels
          WHERE messages <> (SELECT COALESCE(SUM(messages), 0) FROM senders WHERE channel_id = id) LIMIT 1`,
  },
  {
    about: "the last position",
    sql: `SELECT 1 FROM bridge WHERE last_seq < (SELECT COALESCE(MAX(last_seq), 0) FROM channels)
            OR last_seq < (SELECT COALESCE(MAX(seq), 0) FROM entries)`,
  },
  {
    about: "entries of no channel",
    sql: `SELECT 1 FROM entries
          WHERE channel_id NOT IN (SELECT id FROM channels UNION ALL SELECT channel_id FROM cleared) LIMIT 1`,
  },
];

/** Compares every counter with a count, all at one moment; returns what is wrong. */
export function wrongCounters(database: DatabaseSync): readonly string[] {
  database.exec("BEGIN");
  try {
    return checks.filter(({ sql }) => prepare(database, sql).get() !== undefined).map(({ about }) => about);
  } finally {
    database.exec("COMMIT");
  }
}
