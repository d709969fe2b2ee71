import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import { maxReceiptsPerMessage } from "../../core/limits.ts";
import type { Draft, Seq } from "../../core/message.ts";
import type { Epoch } from "../../core/message-id.ts";
import { firstProgress, type Mark, type Progress, progressAfter, type Receipt } from "../../core/receipt.ts";
import { prepare } from "./prepare.ts";
import { progressColumns, readReceipts, type ReceiptRow, toReceipt } from "./receipt-rows.ts";

/** To be called in a transaction. */
export interface ReceiptWriter {
  /** The receipts that a new message begins with, and the one that it answers. */
  open(seq: Seq, draft: Draft): void;
  record(marks: readonly Mark[]): readonly Receipt[];
}

export function prepareReceiptWriter(
  database: DatabaseSync,
  { epoch, clock }: { epoch: Epoch; clock: Clock },
): ReceiptWriter {
  const ofMessage = prepare<ReceiptRow>(database, `${readReceipts} WHERE r.seq = ? ORDER BY r.agent`);
  const senderOf = prepare<{ sender: string | null }>(
    database,
    "SELECT sender FROM entries WHERE seq = ? AND count IS NULL",
  );
  const nextChange = prepare<{ last: number }>(database, "UPDATE receipt_changes SET last = last + 1 RETURNING last");
  const put = prepare(
    database,
    `INSERT INTO receipts (seq, agent, state, why, quiet, times, reason, answer, due_at, due_what, deadline, change_no)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, times = excluded.times, reason = excluded.reason,
       answer = excluded.answer, due_at = excluded.due_at, due_what = excluded.due_what, deadline = excluded.deadline,
       change_no = excluded.change_no`,
  );

  function write(seq: Seq, agent: string, progress: Progress): void {
    put.run(seq, agent, ...progressColumns(progress), nextChange.get()?.last ?? 0);
  }

  function mark(mark: Mark): boolean {
    const { seq, agent } = mark;
    const rows = ofMessage.all(seq);
    const row = rows.find((known) => known.agent === agent);
    if (row === undefined) {
      const sender = senderOf.get(seq)?.sender ?? undefined;
      if (sender === undefined || sender === agent || rows.length >= maxReceiptsPerMessage) return false;
    }
    const progress = progressAfter(mark, row && toReceipt(epoch, row), clock.now());
    if (progress !== undefined) write(seq, agent, progress);
    return progress !== undefined;
  }

  /** Of those that it may have been for, those that it was for; or else whoever answers. */
  function answered(answer: Seq, { seq, as }: NonNullable<Draft["answers"]>): void {
    const asked = ofMessage.all(seq).filter(({ agent }) => as.includes(agent));
    const agents = asked.length > 0 ? asked.map(({ agent }) => agent) : as.slice(0, 1);
    for (const agent of agents) mark({ seq, agent, state: "answered", answer });
  }

  return {
    open(seq, { addressees = [], answers }) {
      for (const addressee of addressees.slice(0, maxReceiptsPerMessage)) {
        write(seq, addressee.agent, firstProgress(addressee, clock.now()));
      }
      if (answers !== undefined) answered(seq, answers);
    },
    record(marks) {
      const changed = marks.filter(mark).map(({ seq, agent }) => ({ seq, agent }));
      return changed.flatMap(({ seq, agent }) =>
        ofMessage
          .all(seq)
          .filter((row) => row.agent === agent)
          .map((row) => toReceipt(epoch, row)),
      );
    },
  };
}
