import { DatabaseSync } from "node:sqlite";

/** The tables of the original, word for word. */
const schema080 = `
  CREATE TABLE messages (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    id        TEXT NOT NULL UNIQUE,
    channel   TEXT NOT NULL,
    sender    TEXT NOT NULL,
    content   TEXT NOT NULL,
    timestamp TEXT NOT NULL
  );
  CREATE INDEX idx_messages_channel ON messages(channel);
`;

const schema120 = `
  ${schema080}
  CREATE INDEX idx_messages_timestamp ON messages(timestamp);
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT NOT NULL, event TEXT NOT NULL, channel TEXT, detail TEXT,
    ip TEXT
  );
  CREATE TABLE bridge_events (
    event_seq INTEGER PRIMARY KEY AUTOINCREMENT, event_type TEXT NOT NULL CHECK (event_type IN ('message', 'clear')),
    channel TEXT NOT NULL, message_id TEXT, source_instance TEXT NOT NULL, payload TEXT NOT NULL,
    timestamp TEXT NOT NULL
  );
  CREATE TABLE bridge_schema_components (
    component TEXT PRIMARY KEY, version INTEGER NOT NULL, updated_at TEXT NOT NULL
  );
  CREATE TABLE bridge_idempotency (
    channel TEXT NOT NULL, sender TEXT NOT NULL, idempotency_key TEXT NOT NULL, payload_sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'committed')), message_id TEXT, message_seq INTEGER,
    created_at TEXT NOT NULL, expires_at TEXT NOT NULL, PRIMARY KEY (channel, sender, idempotency_key)
  );
  CREATE TABLE bridge_consumer_cursors (
    consumer_id TEXT NOT NULL, channel TEXT NOT NULL, last_seq INTEGER NOT NULL, last_message_id TEXT NOT NULL,
    updated_at TEXT NOT NULL, metadata_json TEXT, PRIMARY KEY (consumer_id, channel)
  );
`;

export interface OriginalMessage {
  readonly id: string;
  readonly channel: string;
  readonly sender: string;
  readonly content: string;
  readonly timestamp: string;
}

export interface Original {
  readonly database: DatabaseSync;
  add(message: OriginalMessage): void;
}

/** A database as the original's version made it, open. */
export function makeOriginal(path: string, version: "0.8.0" | "1.2.0"): Original {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  database.exec(version === "0.8.0" ? schema080 : schema120);
  const insert = database.prepare(
    "INSERT INTO messages (id, channel, sender, content, timestamp) VALUES (?, ?, ?, ?, ?)",
  );
  return {
    database,
    add({ id, channel, sender, content, timestamp }) {
      insert.run(id, channel, sender, content, timestamp);
    },
  };
}

/** `0f0e0d0c-1111-4222-8333-000000000007` */
export const originalId = (at: number): string => `0f0e0d0c-1111-4222-8333-${at.toString().padStart(12, "0")}`;

export const originalMessage = (at: number, changes: Partial<OriginalMessage> = {}): OriginalMessage => ({
  id: originalId(at),
  channel: "demo:worker",
  sender: "mac",
  content: `message ${at}`,
  timestamp: `2026-11-22T10:36:${(at % 60).toString().padStart(2, "0")}.739294Z`,
  ...changes,
});
