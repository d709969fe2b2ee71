import type { Receipt, Sent } from "../../../client/index.ts";
import { receiptStates } from "../../../core/receipt.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { shownId } from "./words.ts";

/** How far it got, and what comes next: never more than is known. */
export function sentLine({ id, receipt, next }: Sent): string {
  const coming = next === undefined ? "" : ` · next: ${visibleOnLine(next)}`;
  return `${shownId(id)}  ${visibleOnLine(receipt)}${coming}`;
}

/** The states that were reached, with the time since it was stored: `stored · at machine (9 ms) · in context (2 s)`. */
export function progressLine({ id, acceptedAt }: Sent, receipts: readonly Receipt[]): string {
  const furthest = furthestOf(receipts);
  const reached = receiptStates.flatMap((state) => {
    const at = furthest?.at[state];
    return state === "stored" || at === undefined
      ? []
      : [`${state.replaceAll("_", " ")} (${sayShort(at - acceptedAt)})`];
  });
  return [`${shownId(id)}  stored`, ...reached].join(" · ");
}

/** Of several agents, the one with whom it got furthest. */
const furthestOf = (receipts: readonly Receipt[]): Receipt | undefined =>
  receipts.toSorted((a, b) => receiptStates.indexOf(b.state) - receiptStates.indexOf(a.state))[0];

/** "9 ms", "2 s", "1 m 12 s", "3 h 5 m". */
export function sayShort(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} m ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}
