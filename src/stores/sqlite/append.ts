import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import type { Draft, Message } from "../../core/message.ts";
import { type Epoch, messageId } from "../../core/message-id.ts";
import type { Appended } from "../../core/store.ts";
import { unknownProvenance } from "../../core/provenance.ts";
import { sha256 } from "../audit-chain.ts";
import { keyConflict, tooManyChannels } from "../refusals.ts";
import type { AuditWriter } from "./audit.ts";
import type { Account } from "./channel-rows.ts";
import type { Ledger } from "./ledger.ts";
import { prepare } from "./prepare.ts";
import type { ReceiptWriter } from "./receipts.ts";
import { entryColumns, type EntryRow, provenanceColumns, toMessage, toMicros, toMs } from "./rows.ts";

export interface AppendOptions {
  readonly epoch: Epoch;
  readonly clock: Clock;
  readonly maxChannels: () => number;
  readonly audit: AuditWriter;
  readonly receipts: ReceiptWriter;
}

/** Looks before it writes: a refused draft has changed nothing, so it needs no savepoint. */
export function prepareAppend(database: DatabaseSync, { epoch, clock, maxChannels, audit, receipts }: AppendOptions) {
  const sentWithKey = prepare<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entries e JOIN channels c ON c.id = e.channel_id
     WHERE e.channel_id = ? AND e.sender = ? AND e.idempotency_key = ?`,
  );
  const insert = prepare(
    database,
    `INSERT INTO entries (
       seq, channel_id, prev, ordinal, accepted_at, sender, content, idempotency_key, principal, kind, via, hops, label
     ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  function sentEarlier(account: Account | undefined, { sender, idempotencyKey }: Draft): Message | undefined {
    if (account === undefined || idempotencyKey === undefined) return undefined;
    const row = sentWithKey.get(account.id, sender, idempotencyKey);
    return row === undefined ? undefined : toMessage(epoch, row);
  }

  return (ledger: Ledger, draft: Draft): Appended => {
    const { channel, sender, content, idempotencyKey = null } = draft;
    const existing = ledger.known(channel);
    const earlier = sentEarlier(existing, draft);
    if (earlier?.content === content) return { kind: "appended", message: earlier, isNew: false };
    if (earlier !== undefined) return { kind: "refused", error: keyConflict() };
    if ((existing === undefined || existing.messages === 0) && ledger.channels >= maxChannels()) {
      return { kind: "refused", error: tooManyChannels(maxChannels()) };
    }

    const account = existing ?? ledger.open(channel);
    const acceptedAt = toMicros(clock.now());
    const { seq, prev } = ledger.place(account);
    ledger.countMessage(account, sender, acceptedAt);
    const known = provenanceColumns(draft.provenance);
    insert.run(seq, account.id, prev, account.ordinal, acceptedAt, sender, content, idempotencyKey, ...known);
    if (draft.audit !== undefined) {
      audit.record([{ ...draft.audit, event: "send", channel, seq, bodyHash: sha256(content) }]);
    }
    receipts.open(seq, draft);
    const { provenance = unknownProvenance } = draft;
    const placed = { kind: "message" as const, seq, prev, id: messageId(epoch, seq), channel };
    const message = { ...placed, acceptedAt: toMs(acceptedAt), sender, content, provenance };
    return { kind: "appended", message, isNew: true };
  };
}
