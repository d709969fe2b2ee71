import type { DatabaseSync } from "node:sqlite";
import type { ChannelName, Seq } from "../../core/message.ts";
import { foreignColumns, type ForeignRow, prepareCopy } from "./copy-messages.ts";
import { importOriginalKeys } from "./import-keys.ts";
import { hasTable } from "./kind.ts";
import { type Ledger, prepareLedger } from "./ledger.ts";
import { parseOriginalTime } from "./original-time.ts";
import { prepare } from "./prepare.ts";
import { migrate } from "./schema.ts";

/** Every table of 0.8 to 1.2, once `messages` has made room for our view. What is not imported is in the backup. */
const originalTables = [
  "original_messages",
  "audit",
  "bridge_events",
  "bridge_idempotency",
  "bridge_consumer_cursors",
  "bridge_schema_components",
];

/**
 * Turns the original's database into ours, messages with their seq, id and time, idempotency keys and consumers'
 * cursors; returns how many messages there were. Call it in a transaction: then it happens wholly or not at all.
 */
export function importOriginal(database: DatabaseSync): number {
  const lastSeq = lastGiven(database);
  database.exec("ALTER TABLE messages RENAME TO original_messages");
  migrate(database, 0);
  // What is there is not too much, however many channels it has.
  const ledger = prepareLedger(database, () => Number.POSITIVE_INFINITY)();
  importMessages(database, ledger);
  importCursors(database, ledger);
  ledger.skipTo(lastSeq);
  ledger.save();
  importOriginalKeys(database, "main");
  for (const table of originalTables) database.exec(`DROP TABLE IF EXISTS ${table}`);
  return prepare<{ messages: number }>(database, "SELECT messages FROM bridge").get()?.messages ?? 0;
}

/** The newest seq that the original ever gave, also if its message is gone. */
function lastGiven(database: DatabaseSync): Seq {
  if (!hasTable(database, "main", "sqlite_sequence")) return 0 as Seq;
  const row = prepare<{ seq: Seq }>(database, "SELECT seq FROM sqlite_sequence WHERE name = 'messages'").get();
  return row?.seq ?? (0 as Seq);
}

function importMessages(database: DatabaseSync, ledger: Ledger): void {
  const copy = prepareCopy(database, "original_messages");
  const rows = prepare<ForeignRow>(database, `SELECT ${foreignColumns} FROM original_messages ORDER BY seq`);
  for (const row of rows.iterate()) copy(ledger, row, row.seq);
}

interface OriginalCursor {
  readonly consumer_id: string;
  readonly channel: ChannelName;
  readonly last_seq: Seq;
  readonly last_message_id: string;
  readonly updated_at: string;
}

function importCursors(database: DatabaseSync, ledger: Ledger): void {
  if (!hasTable(database, "main", "bridge_consumer_cursors")) return;
  const rows = prepare<OriginalCursor>(
    database,
    "SELECT consumer_id, channel, last_seq, last_message_id, updated_at FROM bridge_consumer_cursors",
  );
  const insert = prepare(
    database,
    "INSERT INTO cursors (channel, consumer, seq, message_id, updated_at) VALUES (?, ?, ?, ?, ?)",
  );
  for (const { consumer_id, channel, last_seq, last_message_id, updated_at } of rows.all()) {
    const account = ledger.open(channel);
    insert.run(channel, consumer_id, last_seq, last_message_id, parseOriginalTime(updated_at) ?? 0);
    ledger.countCursor();
    // Its message may be gone; the channel still was there once.
    ledger.skipTo(last_seq, account);
  }
}
