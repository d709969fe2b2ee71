import type { SQLInputValue } from "node:sqlite";
import type { ChannelName, MessageId, Seq } from "../../core/message.ts";
import { type Epoch, messageId } from "../../core/message-id.ts";
import { type Due, duties, type Progress, type Receipt, receiptStates, reasonsWhy } from "../../core/receipt.ts";
import { toMicros, toMs } from "./rows.ts";

export interface ReceiptRow {
  readonly seq: Seq;
  readonly channel: ChannelName;
  readonly id: MessageId | null;
  readonly sender: string | null;
  readonly agent: string;
  readonly state: number;
  readonly why: number | null;
  readonly quiet: number;
  readonly times: string;
  readonly reason: string | null;
  readonly answer: Seq | null;
  readonly due_at: number | null;
  readonly due_what: number | null;
  readonly deadline: number | null;
  readonly change_no: number;
}

export const receiptColumns = `r.agent, r.state, r.why, r.quiet, r.times, r.reason, r.answer, r.due_at, r.due_what, r.deadline,
  r.change_no`;

/** Of messages that are there: what a clear has left to nobody finds no channel. */
export const receiptSources =
  "receipts r CROSS JOIN entries e ON e.seq = r.seq CROSS JOIN channels c ON c.id = e.channel_id";

export const readReceipts = `SELECT r.seq, c.name AS channel, e.id, e.sender, ${receiptColumns} FROM ${receiptSources}`;

export function toReceipt(epoch: Epoch, row: ReceiptRow): Receipt {
  const { seq, channel, agent, change_no: change } = row;
  return {
    seq,
    messageId: row.id ?? messageId(epoch, seq),
    channel,
    sender: row.sender ?? "",
    agent,
    state: receiptStates[row.state] ?? "stored",
    // Written by `progressColumns` alone.
    times: JSON.parse(row.times) as Receipt["times"],
    why: row.why === null ? undefined : reasonsWhy[row.why],
    isQuiet: row.quiet === 1 ? true : undefined,
    reason: row.reason ?? undefined,
    answer: row.answer ?? undefined,
    due: toDue(row),
    change,
  };
}

function toDue({ due_at: at, due_what: what, deadline }: ReceiptRow): Due | undefined {
  if (at === null || what === null) return undefined;
  return {
    what: duties[what] ?? "expire",
    at: toMs(at),
    ...(deadline === null ? {} : { deadline: toMs(deadline) }),
  };
}

/** What `state`, `why`, `quiet`, `times`, `reason`, `answer`, `due_at`, `due_what` and `deadline` are for it, in this order. */
export function progressColumns({
  state,
  why,
  isQuiet,
  times,
  reason,
  answer,
  due,
}: Progress): readonly SQLInputValue[] {
  const deadline = due?.deadline;
  return [
    receiptStates.indexOf(state),
    why === undefined ? null : reasonsWhy.indexOf(why),
    isQuiet === true ? 1 : 0,
    JSON.stringify(times),
    reason ?? null,
    answer ?? null,
    due === undefined ? null : toMicros(due.at),
    due === undefined ? null : duties.indexOf(due.what),
    deadline === undefined ? null : toMicros(deadline),
  ];
}
