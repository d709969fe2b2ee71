import type { DatabaseSync } from "node:sqlite";
import { hasTable } from "./kind.ts";

/**
 * Gives imported messages the idempotency keys that they were sent with, so that a sender who tries again after the
 * import is recognised. A key that has been used here since stays with its message.
 */
export function importOriginalKeys(database: DatabaseSync, schema: "main" | "source"): void {
  if (!hasTable(database, schema, "bridge_idempotency")) return;
  database.exec(`
    UPDATE OR IGNORE main.entries SET idempotency_key = keys.idempotency_key
    FROM ${schema}.bridge_idempotency AS keys
    JOIN main.channels ON channels.name = keys.channel
    WHERE keys.state = 'committed'
      AND entries.id = keys.message_id
      AND entries.channel_id = channels.id
      AND entries.sender = keys.sender
  `);
}

/** As above, from a database of ours. */
export function importOurKeys(database: DatabaseSync): void {
  database.exec(`
    UPDATE OR IGNORE main.entries SET idempotency_key = theirs.idempotency_key
    FROM source.entries AS theirs
    JOIN source.messages AS sent ON sent.seq = theirs.seq
    WHERE theirs.idempotency_key IS NOT NULL
      AND entries.id = sent.id
      AND entries.idempotency_key IS NULL
  `);
}
