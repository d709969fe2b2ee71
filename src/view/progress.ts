import type { Receipt } from "../client/index.ts";
import { anyPerson } from "../core/agent-name.ts";
import type { ReceiptState } from "../core/receipt.ts";
import { visible } from "../core/visible.ts";
import { age, clockTime } from "./ages.ts";

/** The word for each rung on every surface. Never "sent". */
export const stateWords: Readonly<Record<ReceiptState, string>> = {
  stored: "stored",
  held: "held",
  at_machine: "at machine",
  expired: "expired",
  in_context: "in context",
  acknowledged: "acknowledged",
  refused: "refused",
  answered: "answered",
};

/** They mean the same without colour. */
const stateGlyphs: Readonly<Record<ReceiptState, string>> = {
  stored: "·",
  held: "✕",
  at_machine: "✓",
  expired: "✕",
  in_context: "✓✓",
  acknowledged: "✓✓",
  refused: "✕",
  answered: "↩",
};

/** The rungs on the way, in order; the others are off it. */
export const rungs = ["stored", "at_machine", "in_context", "acknowledged", "answered"] as const;

export type Tone = "muted" | "ok" | "warn" | "error";

/** How far a message got, in a few words. */
export interface Progress {
  readonly glyph: string;
  readonly words: string;
  readonly tone: Tone;
}

/**
 * Of several agents the one that most needs to be looked at, then the one least far: a message is not "in context"
 * while somebody it is for has not had it. `isQuestion` has what a person was asked stand as waiting on that person.
 */
export function progressOf(receipts: readonly Receipt[], now: number, isQuestion = false): Progress {
  const wanted = receipts.filter(({ why }) => why !== undefined);
  const [first, ...others] = wanted.toSorted((a, b) => urgencyOf(a) - urgencyOf(b));
  if (first === undefined) return { glyph: stateGlyphs.stored, words: stateWords.stored, tone: "muted" };
  const one = progressWith(first, now, isQuestion);
  return others.length === 0 ? one : { ...one, words: `${one.words}, 1 of ${wanted.length}` };
}

/** How far it got with one agent. */
export function progressWith(receipt: Receipt, now: number, isQuestion = false): Progress {
  const { state, agent, reason, at } = receipt;
  const since = at[state] ?? now;
  const glyph = stateGlyphs[state] ?? "·";
  const word = stateWords[state] ?? visible(state);
  if (isFailed(state)) {
    return { glyph, words: reason === undefined ? word : `${word}: ${visible(reason)}`, tone: "error" };
  }
  if (isQuestion && agent === anyPerson && isOpen(state)) {
    return { glyph: "◆", words: `waiting on you ${age(now - (at.stored ?? since))}`, tone: "warn" };
  }
  if (state === "at_machine") return { glyph, words: `${word}, unread ${age(now - since)}`, tone: "warn" };
  if (state === "stored") return { glyph, words: word, tone: "muted" };
  return { glyph, words: `${word} ${clockTime(since)}`, tone: "ok" };
}

const isFailed = (state: ReceiptState) => state === "held" || state === "expired" || state === "refused";
const isOpen = (state: ReceiptState) => state !== "answered" && !isFailed(state);

/** What needs somebody comes first, then what is least far. */
const urgencyOf = ({ state }: Receipt): number => (isFailed(state) ? 0 : 1 + rungs.findIndex((rung) => rung === state));
