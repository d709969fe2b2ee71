import type { DatabaseSync } from "node:sqlite";
import { firstAuditHash } from "../../core/audit.ts";
import { mintEpoch } from "../../core/message-id.ts";

/**
 * `entries` is the log and the only truth. What the other tables say could be counted from it; they are kept with
 * every write, so that nothing ever has to be counted:
 *
 * - `bridge` has one row. `last_seq` outlives the entries, so that no seq is given twice. `known` counts the rows of
 *   `channels`, `channels` those that have messages.
 * - `channels.last_seq` is the newest entry that the channel ever had, `ordinal` how many messages it ever had. An
 *   entry carries the ordinal that its channel had with it, so that two of them tell how many messages lie between.
 *   A channel's entries go from the oldest on, so what is left of it has no holes. A clear is always the oldest.
 * - A clear gives the channel a new `id`. What it had is then nobody's: whatever joins `channels` finds none of it, and
 *   neither do its indexes. The old id is in `cleared` until the last of its rows is deleted (`sweep.ts`), with the seq
 *   and the time of the clear while that can be undone (`restore.ts`). Cursors outlive a clear, so they go by the
 *   channel's name.
 * - A channel without messages is dead: it keeps its row, so that readers and cursors still find their place in it,
 *   until there are too many such rows (`ledger.ts`).
 *
 * - `principal`, `kind`, `via`, `hops` and `label` are a message's provenance, `kind` and `via` as places in the lists of
 *   `core`; all are NULL where nothing is known.
 * - `registry` is small; `registry_version` counts its changes. `audit_trail` is a chain of hashes; `audit_ends` has the
 *   row before its first, which pruning moves, and its last.
 * - `receipts` go with their entry, by the trigger. `state`, `why` and `due_what` are places in the lists of `core`;
 *   `times` is JSON, in milliseconds by state. `change_no` is given anew with each change, from `receipt_changes`.
 * - `agents` are JSON records by name.
 * - `search_index` has the words of messages up to `search_state.indexed`, and what else they are found by
 *   (`search-tokens.ts`). It may have messages that are gone, which `search_gone` lists until they are deleted there too
 *   (`search-index.ts`), and those that a clear has left to nobody: whatever it finds is looked up in `entries`.
 *
 * A row of `entries` with a `count` is a clear, with a negative one a clear that was undone, each with
 * who did it as its `sender`; any other row is a message. `id` is set only where it does not follow from
 * `seq`, on imported messages. `accepted_at` and `updated_at` are microseconds since the Unix epoch. An idempotency
 * key is a column of the message that it made, so it cannot outlive it.
 */
const first = `
  CREATE TABLE bridge (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    epoch    TEXT    NOT NULL,
    last_seq INTEGER NOT NULL,
    known    INTEGER NOT NULL,
    channels INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    cursors  INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE channels (
    id               INTEGER PRIMARY KEY,
    name             TEXT    NOT NULL UNIQUE,
    last_seq         INTEGER NOT NULL,
    ordinal          INTEGER NOT NULL,
    messages         INTEGER NOT NULL,
    last_accepted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX dead_channels ON channels (last_seq) WHERE messages = 0;

  CREATE TABLE senders (
    channel_id INTEGER NOT NULL,
    sender     TEXT    NOT NULL,
    messages   INTEGER NOT NULL,
    PRIMARY KEY (channel_id, sender)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE entries (
    seq             INTEGER PRIMARY KEY,
    channel_id      INTEGER NOT NULL,
    prev            INTEGER NOT NULL,
    ordinal         INTEGER NOT NULL,
    accepted_at     INTEGER NOT NULL,
    sender          TEXT,
    content         TEXT,
    idempotency_key TEXT,
    id              TEXT,
    count           INTEGER
  ) STRICT;
  CREATE INDEX entries_by_channel ON entries (channel_id);
  CREATE UNIQUE INDEX entries_by_key ON entries (channel_id, sender, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
  CREATE UNIQUE INDEX entries_by_id ON entries (id) WHERE id IS NOT NULL;

  CREATE TABLE cursors (
    channel_id INTEGER NOT NULL,
    consumer   TEXT    NOT NULL,
    seq        INTEGER NOT NULL,
    message_id TEXT    NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (channel_id, consumer)
  ) STRICT, WITHOUT ROWID;

  -- For people with a sqlite3 shell.
  CREATE VIEW messages (seq, id, channel, sender, content, timestamp) AS
  SELECT
    entries.seq,
    COALESCE(
      entries.id,
      substr(epoch, 1, 8) || '-' || substr(epoch, 9, 4) || '-8' || substr(epoch, 13) || '-8'
        || substr(printf('%015x', entries.seq), 1, 3) || '-' || substr(printf('%015x', entries.seq), 4)
    ),
    channels.name,
    entries.sender,
    entries.content,
    strftime('%Y-%m-%dT%H:%M:%S', accepted_at / 1000000, 'unixepoch') || printf('.%06dZ', accepted_at % 1000000)
  FROM entries
  JOIN channels ON channels.id = entries.channel_id
  CROSS JOIN bridge
  WHERE entries.count IS NULL;
`;

const second = `
  CREATE TABLE cleared (channel_id INTEGER PRIMARY KEY) STRICT;

  CREATE TABLE cursors_by_name (
    channel    TEXT    NOT NULL,
    consumer   TEXT    NOT NULL,
    seq        INTEGER NOT NULL,
    message_id TEXT    NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (channel, consumer)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO cursors_by_name
  SELECT channels.name, consumer, seq, message_id, updated_at FROM cursors JOIN channels ON channels.id = channel_id;
  DROP TABLE cursors;
  ALTER TABLE cursors_by_name RENAME TO cursors;
`;

const third = `
  ALTER TABLE entries ADD COLUMN principal TEXT;
  ALTER TABLE entries ADD COLUMN kind INTEGER;
  ALTER TABLE entries ADD COLUMN via INTEGER;
  ALTER TABLE entries ADD COLUMN hops INTEGER;
  ALTER TABLE entries ADD COLUMN label TEXT;

  ALTER TABLE cleared ADD COLUMN seq INTEGER;
  ALTER TABLE cleared ADD COLUMN at INTEGER;

  CREATE TABLE registry (
    kind    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE registry_version (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL) STRICT;
  INSERT INTO registry_version VALUES (1, 0);

  CREATE TABLE audit_trail (
    n          INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    event      TEXT    NOT NULL,
    principal  TEXT    NOT NULL,
    credential TEXT,
    address    TEXT,
    channel    TEXT,
    seq        INTEGER,
    body_hash  TEXT,
    detail     TEXT,
    hash       TEXT    NOT NULL
  ) STRICT;
  CREATE TABLE audit_ends (
    only_row    INTEGER PRIMARY KEY CHECK (only_row = 1),
    before_n    INTEGER NOT NULL,
    before_hash TEXT    NOT NULL,
    last_n      INTEGER NOT NULL,
    last_hash   TEXT    NOT NULL
  ) STRICT;
  INSERT INTO audit_ends VALUES (1, 0, '${firstAuditHash}', 0, '${firstAuditHash}');
`;

const fourth = `
  CREATE TABLE receipts (
    seq       INTEGER NOT NULL,
    agent     TEXT    NOT NULL,
    state     INTEGER NOT NULL,
    why       INTEGER,
    quiet     INTEGER NOT NULL,
    times     TEXT    NOT NULL,
    reason    TEXT,
    answer    INTEGER,
    due_at    INTEGER,
    due_what  INTEGER,
    deadline  INTEGER,
    change_no INTEGER NOT NULL,
    PRIMARY KEY (seq, agent)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX receipts_by_agent ON receipts (agent, seq) WHERE why IS NOT NULL AND state IN (0, 2);
  CREATE INDEX receipts_unacknowledged ON receipts (agent, seq) WHERE state = 4;
  CREATE INDEX receipts_held ON receipts (seq) WHERE state = 1;
  CREATE INDEX receipts_due ON receipts (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX receipts_open ON receipts (agent, seq) WHERE why = 0 AND state IN (0, 2, 4, 5);
  CREATE INDEX receipts_unnoticed ON receipts (seq) WHERE why IS NOT NULL AND state = 0;
  CREATE INDEX receipts_failed ON receipts (change_no) WHERE state IN (1, 3, 6);
  CREATE UNIQUE INDEX receipts_by_change ON receipts (change_no);
  CREATE TABLE receipt_changes (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), last INTEGER NOT NULL) STRICT;
  INSERT INTO receipt_changes VALUES (1, 0);
  CREATE TRIGGER receipts_go AFTER DELETE ON entries BEGIN DELETE FROM receipts WHERE seq = OLD.seq; END;

  CREATE TABLE agents (
    name      TEXT    PRIMARY KEY,
    principal TEXT    NOT NULL,
    seen_at   INTEGER NOT NULL,
    body      TEXT    NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX agents_by_time ON agents (seen_at);
`;

const fifth = `
  CREATE VIRTUAL TABLE search_index USING fts5(
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
  );
  -- Merged by the chore, in small steps: SQLite's own would hold up a send for as long as it takes.
  INSERT INTO search_index (search_index, rank) VALUES ('automerge', 0), ('usermerge', 8), ('crisismerge', 1000);
  CREATE TABLE search_state (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), indexed INTEGER NOT NULL) STRICT;
  INSERT INTO search_state VALUES (1, 0);
  CREATE TABLE search_gone (seq INTEGER PRIMARY KEY) STRICT;
  CREATE TRIGGER search_forgets AFTER DELETE ON entries WHEN OLD.count IS NULL
  BEGIN INSERT OR IGNORE INTO search_gone VALUES (OLD.seq); END;
`;

/** Numbered from 1 by their place. Never edit one that was released: add another. */
const migrations: readonly ((database: DatabaseSync) => void)[] = [
  (database) => {
    database.exec(first);
    database.prepare("INSERT INTO bridge VALUES (1, ?, 0, 0, 0, 0, 0)").run(mintEpoch());
  },
  (database) => database.exec(second),
  (database) => database.exec(third),
  (database) => database.exec(fourth),
  (database) => database.exec(fifth),
];

export const schemaVersion = migrations.length;

/** Says whose file it is: "clbr", where `file` and SQLite look. */
export const applicationId = 0x636c6272;

/** Brings the schema from `version` to the newest. Call it in a transaction. */
export function migrate(database: DatabaseSync, version: number): void {
  for (const migration of migrations.slice(version)) migration(database);
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
}
