import type { Receipt } from "../client/index.ts";
import { type ReceiptState, receiptStates } from "../core/receipt.ts";

/** A step of a message's way to one agent. */
export interface Rung {
  readonly state: ReceiptState;
  /** When it was reached, in milliseconds since the Unix epoch; undefined: not yet. */
  readonly at: number | undefined;
}

/**
 * The way of a message to one agent: what was reached, by its time, and what is still expected. Nobody has to
 * acknowledge, only what asks is answered, and where the way has ended nothing more is expected.
 */
export function rungsOf({ at, state }: Receipt, isAsking: boolean): readonly Rung[] {
  const reached = receiptStates.filter((one) => at[one] !== undefined).toSorted((a, b) => (at[a] ?? 0) - (at[b] ?? 0));
  const isOver = state === "expired" || state === "refused" || state === "answered";
  const furthest = Math.max(-1, ...reached.map((one) => expected.indexOf(one)));
  const open = isOver ? [] : expected.slice(furthest + 1).filter((one) => one !== "answered" || isAsking);
  return [
    ...reached.map((one) => ({ state: one, at: at[one] })),
    ...open.filter((one) => at[one] === undefined).map((one) => ({ state: one, at: undefined })),
  ];
}

const expected: readonly ReceiptState[] = ["stored", "at_machine", "in_context", "answered"];
