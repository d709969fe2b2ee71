import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";

/**
 * What always holds in a database file, whatever happened to it: every counter is what counting gives, and every
 * channel's entries are a chain without holes. Counted with plain SQL, apart from the code that keeps the counters.
 */
export function checkDatabase(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  const all = (sql: string) => database.prepare(sql).all();
  try {
    expect(all("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);

    // What was cleared may still be there, until it is swept up.
    for (const table of ["entries", "senders"]) {
      database.exec(`CREATE TEMP VIEW kept_${table} AS
        SELECT * FROM ${table} WHERE channel_id NOT IN (SELECT channel_id FROM cleared)`);
    }
    expect(all("SELECT * FROM cleared WHERE channel_id IN (SELECT id FROM channels)")).toEqual([]);

    expect(all("SELECT known, channels, messages, cursors FROM bridge")).toEqual(
      all(`SELECT
             (SELECT COUNT(*) FROM channels) AS known,
             (SELECT COUNT(DISTINCT channel_id) FROM kept_entries WHERE count IS NULL) AS channels,
             (SELECT COUNT(*) FROM kept_entries WHERE count IS NULL) AS messages,
             (SELECT COUNT(*) FROM cursors) AS cursors`),
    );

    expect(all("SELECT id, messages FROM channels ORDER BY id")).toEqual(
      all(`SELECT id, (SELECT COUNT(*) FROM entries WHERE channel_id = channels.id AND count IS NULL) AS messages
           FROM channels ORDER BY id`),
    );

    expect(all("SELECT channel_id, sender, messages FROM kept_senders ORDER BY channel_id, sender")).toEqual(
      all(`SELECT channel_id, sender, COUNT(*) AS messages FROM kept_entries
           WHERE count IS NULL GROUP BY channel_id, sender ORDER BY channel_id, sender`),
    );

    const brokenChains = `
      SELECT log.* FROM (
        SELECT seq, prev, ordinal, count, channel_id,
          LAG(seq) OVER channel AS before,
          LAG(ordinal) OVER channel AS ordinalBefore,
          LEAD(seq) OVER channel AS after
        FROM kept_entries WINDOW channel AS (PARTITION BY channel_id ORDER BY seq)
      ) AS log
      JOIN channels ON channels.id = log.channel_id
      WHERE prev >= seq
        OR (before IS NOT NULL AND (prev <> before OR log.ordinal <> ordinalBefore + (count IS NULL) OR count > 0))
        OR (after IS NULL AND (last_seq < seq OR channels.ordinal <> log.ordinal))`;
    expect(all(brokenChains)).toEqual([]);

    expect(all("SELECT * FROM bridge WHERE last_seq < (SELECT COALESCE(MAX(last_seq), 0) FROM channels)")).toEqual([]);
    expect(all("SELECT * FROM entries WHERE seq > (SELECT last_seq FROM bridge)")).toEqual([]);
  } finally {
    database.close();
  }
}
