import type { DatabaseSync } from "node:sqlite";
import type { ChannelName, Seq } from "../../core/message.ts";
import type { Epoch } from "../../core/message-id.ts";
import type { Receipt } from "../../core/receipt.ts";
import type { Unread, Waiting } from "../../core/receipts.ts";
import { prepare } from "./prepare.ts";
import { readReceipts, receiptColumns, type ReceiptRow, receiptSources, toReceipt } from "./receipt-rows.ts";
import { entryColumns, type EntryRow, toMessage, toMicros, toMs } from "./rows.ts";

export function prepareReceiptReader(database: DatabaseSync, epoch: Epoch) {
  const of = prepare<ReceiptRow>(
    database,
    `${readReceipts} WHERE r.seq IN (SELECT value FROM json_each(?)) ORDER BY r.seq, r.agent`,
  );
  const waiting = prepare<ReceiptRow & EntryRow>(
    database,
    `SELECT ${entryColumns}, ${receiptColumns} FROM ${receiptSources}
     WHERE r.agent IN (SELECT value FROM json_each(?)) AND r.seq > ? AND r.why IS NOT NULL AND r.state IN (0, 2)
     ORDER BY r.seq LIMIT ?`,
  );
  const unacknowledged = prepare<ReceiptRow>(
    database,
    `${readReceipts} WHERE r.agent IN (SELECT value FROM json_each(?)) AND r.seq <= ? AND r.state = 4 AND c.name = ?
     ORDER BY r.seq LIMIT ?`,
  );
  const unread = prepare<Unread>(
    database,
    `SELECT c.name AS channel, count(DISTINCT r.seq) AS messages FROM ${receiptSources}
     WHERE r.agent IN (SELECT value FROM json_each(?)) AND r.why IS NOT NULL AND r.state IN (0, 2)
     GROUP BY c.name ORDER BY c.name`,
  );
  const open = prepare<ReceiptRow & EntryRow>(
    database,
    `SELECT ${entryColumns}, ${receiptColumns} FROM ${receiptSources}
     WHERE r.agent IN (SELECT value FROM json_each(?)) AND r.seq < ? AND r.why = 0 AND r.state IN (0, 2, 4, 5)
     ORDER BY r.seq DESC, r.agent DESC LIMIT ?`,
  );
  const unnoticed = prepare<ReceiptRow & EntryRow>(
    database,
    `SELECT ${entryColumns}, ${receiptColumns} FROM ${receiptSources}
     WHERE r.why IS NOT NULL AND r.state = 0 AND r.seq > ? AND e.accepted_at <= ? ORDER BY r.seq, r.agent LIMIT ?`,
  );
  const failed = prepare<ReceiptRow & EntryRow>(
    database,
    `SELECT ${entryColumns}, ${receiptColumns} FROM ${receiptSources}
     WHERE r.state IN (1, 3, 6) ORDER BY r.change_no DESC LIMIT ?`,
  );
  const nextDue = prepare<{ due_at: number }>(
    database,
    `SELECT r.due_at FROM ${receiptSources} WHERE r.due_at IS NOT NULL ORDER BY r.due_at LIMIT 1`,
  );
  const held = prepare<ReceiptRow>(database, `${readReceipts} WHERE r.state = 1 ORDER BY r.seq LIMIT ?`);
  const due = prepare<ReceiptRow>(
    database,
    `${readReceipts} WHERE r.due_at IS NOT NULL AND r.due_at <= ? ORDER BY r.due_at LIMIT ?`,
  );
  const changes = prepare<ReceiptRow>(database, `${readReceipts} WHERE r.change_no > ? ORDER BY r.change_no LIMIT ?`);
  const last = prepare<{ last: number }>(database, "SELECT last FROM receipt_changes");
  const withMessages = (rows: readonly (ReceiptRow & EntryRow)[]): readonly Waiting[] =>
    rows.map((row) => ({ receipt: toReceipt(epoch, row), message: toMessage(epoch, row) }));
  const all = (rows: readonly ReceiptRow[]): readonly Receipt[] => rows.map((row) => toReceipt(epoch, row));

  return {
    of: (seqs: readonly Seq[]) => all(of.all(JSON.stringify(seqs))),
    waiting: (agents: readonly string[], after: Seq, limit: number) =>
      withMessages(waiting.all(JSON.stringify(agents), after, limit)),
    open: (agents: readonly string[], before: Seq, limit: number) =>
      withMessages(open.all(JSON.stringify(agents), before, limit)),
    unnoticed: (sentBy: number, after: Seq, limit: number) =>
      withMessages(unnoticed.all(after, toMicros(sentBy), limit)),
    failed: (limit: number) => withMessages(failed.all(limit)),
    nextDue: (): number | undefined => {
      const row = nextDue.get();
      return row && toMs(row.due_at);
    },
    unacknowledged: (agents: readonly string[], channel: ChannelName, upTo: Seq, limit: number) =>
      all(unacknowledged.all(JSON.stringify(agents), upTo, channel, limit)),
    unread: (agents: readonly string[]): readonly Unread[] =>
      unread.all(JSON.stringify(agents)).map(({ channel, messages }) => ({ channel, messages })),
    held: (limit: number) => all(held.all(limit)),
    due: (now: number, limit: number) => all(due.all(toMicros(now), limit)),
    changes: (after: number, limit: number) => all(changes.all(after, limit)),
    lastChange: (): number => last.get()?.last ?? 0,
  };
}
