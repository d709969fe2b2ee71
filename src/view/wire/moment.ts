import type { Receipt } from "../../client/index.ts";
import { receiptStates } from "../../core/receipt.ts";
import type { MessageRow, Row } from "../live/rows.ts";

/**
 * A list as it stood at a moment, in milliseconds since the Unix epoch: what had been said, and how far it had got. Rows
 * that were then as they are now are the same objects. What was cleared since is not there.
 */
export function asOf(rows: readonly Row[], at: number): readonly Row[] {
  const then: Row[] = [];
  for (const row of rows) {
    if (row.kind === "message") {
      if (row.message.acceptedAt <= at) then.push(messageAsOf(row, at));
    } else if (row.entry.kind === "gap" || row.entry.acceptedAt <= at) then.push(row);
  }
  return then;
}

function messageAsOf(row: MessageRow, at: number): MessageRow {
  const receipts = row.receipts.map((receipt) => receiptAsOf(receipt, at));
  return receipts.every((receipt, index) => receipt === row.receipts[index])
    ? row
    : { ...row, receipts: receipts.filter((receipt) => receipt !== undefined) };
}

/** Undefined when there was none yet. */
function receiptAsOf(receipt: Receipt, at: number): Receipt | undefined {
  const then = receiptStates.filter((state) => (receipt.at[state] ?? Number.POSITIVE_INFINITY) <= at);
  const state = then.toSorted((a, b) => (receipt.at[a] ?? 0) - (receipt.at[b] ?? 0)).at(-1);
  if (state === undefined) return undefined;
  if (state === receipt.state) return receipt;
  return { ...receipt, state, reason: undefined, answerId: undefined, due: undefined };
}

/** How many messages there are in each of `count` equal parts of the time from `from` to `to`. */
export function densityOf(rows: readonly Row[], from: number, to: number, count: number): readonly number[] {
  const parts = Array.from({ length: count }, () => 0);
  const width = Math.max(1, to - from) / count;
  for (const row of rows) {
    if (row.kind !== "message") continue;
    const part = Math.min(count - 1, Math.floor((row.message.acceptedAt - from) / width));
    if (part >= 0) parts[part] = (parts[part] ?? 0) + 1;
  }
  return parts;
}
