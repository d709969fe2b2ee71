import type { Gap, Receipt, ReceivedClear, ReceivedMessage, ReceivedRestore } from "../../client/index.ts";

/** A line of a list, with a key of its own that stays. */
export type Row = MessageRow | NoticeRow;

export interface MessageRow {
  readonly kind: "message";
  /** The message's id. */
  readonly key: string;
  readonly message: ReceivedMessage;
  /** As they are now, one for each agent. */
  readonly receipts: readonly Receipt[];
}

/** What is not a message: a clear, its undo, or messages that were deleted by age before they could be shown. */
export interface NoticeRow {
  readonly kind: "notice";
  readonly key: string;
  readonly entry: ReceivedClear | ReceivedRestore | Gap;
}

export function seqOfRow(row: Row): number {
  if (row.kind === "message") return row.message.seq;
  return row.entry.kind === "gap" ? row.entry.upTo : row.entry.seq;
}

export function noticeRow(entry: NoticeRow["entry"]): NoticeRow {
  const place = entry.kind === "gap" ? entry.upTo : entry.seq;
  return { kind: "notice", key: `${entry.kind} ${entry.channel} ${place}`, entry };
}
