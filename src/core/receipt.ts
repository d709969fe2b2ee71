import type { ChannelName, MessageId, Seq } from "./message.ts";

/**
 * How far a message got with one agent. In this order: a receipt only ever goes to a later state, and the one exception
 * is a held message that a person releases (docs/decisions/0013-receipts.md says what is evidence for what).
 */
export const receiptStates = [
  "stored",
  "held",
  "at_machine",
  "expired",
  "in_context",
  "acknowledged",
  "refused",
  "answered",
] as const;
export type ReceiptState = (typeof receiptStates)[number];

/**
 * Why a message is for an agent, the strongest first; `follows`: a rule gives it everything in the channel. Without a
 * reason it was read unasked.
 */
export const reasonsWhy = ["addressed", "reply", "mention", "follows"] as const;
export type Why = (typeof reasonsWhy)[number];

/** What the bridge has to see to at a time. */
export const duties = ["expire", "remind", "deadline"] as const;
export interface Due {
  readonly what: (typeof duties)[number];
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Of a reminder: when the answer is due. */
  readonly deadline?: number | undefined;
}

/** What is kept of one message for one agent. Lives as long as the message. */
export interface Receipt {
  readonly seq: Seq;
  readonly messageId: MessageId;
  readonly channel: ChannelName;
  /** Of the message, and so who may be told. */
  readonly sender: string;
  readonly agent: string;
  readonly state: ReceiptState;
  /** When it came to each state that it had, in milliseconds since the Unix epoch. */
  readonly times: Readonly<Partial<Record<ReceiptState, number>>>;
  readonly why?: Why | undefined;
  /** A rule says that it is not worth a turn: it waits until the agent looks. */
  readonly isQuiet?: boolean | undefined;
  /** Of `held`, `expired` and `refused`, and of a question that is overdue or withdrawn. */
  readonly reason?: string | undefined;
  /** The message that answered it. */
  readonly answer?: Seq | undefined;
  readonly due?: Due | undefined;
  /** Rises with every change of any receipt of the bridge. */
  readonly change: number;
}

/** An agent that a new message is for. */
export interface Addressee {
  readonly agent: string;
  readonly why: Why;
  readonly isQuiet?: boolean | undefined;
  /** Where it begins unless that is `stored`. */
  readonly state?: "held" | "refused" | undefined;
  readonly reason?: string | undefined;
  readonly due?: Due | undefined;
}

/** What became known of a message. */
export interface Mark {
  readonly seq: Seq;
  readonly agent: string;
  /** Undefined leaves the state, and says something else of it. */
  readonly state?: ReceiptState | undefined;
  readonly reason?: string | undefined;
  readonly answer?: Seq | undefined;
  /** Null: nothing is due any more. */
  readonly due?: Due | null | undefined;
}

/** The part of a receipt that changes. */
export type Progress = Pick<Receipt, "state" | "times" | "why" | "isQuiet" | "reason" | "answer" | "due">;

export const isLater = (state: ReceiptState, than: ReceiptState): boolean =>
  receiptStates.indexOf(state) > receiptStates.indexOf(than);

/** Not in context yet, and on its way there. */
export const waitingStates = ["stored", "at_machine"] as const satisfies readonly ReceiptState[];

/** Its agent may still answer. */
export const openStates = [
  "stored",
  "at_machine",
  "in_context",
  "acknowledged",
] as const satisfies readonly ReceiptState[];

/** What somebody should look at, because it will not get on by itself. */
export const failedStates = ["held", "expired", "refused"] as const satisfies readonly ReceiptState[];

/** Where a receipt stands after the mark, at `now`; undefined when that changes nothing. */
export function progressAfter(mark: Mark, before: Progress | undefined, now: number): Progress | undefined {
  const { state, reason, answer, due } = mark;
  if (before === undefined) {
    // Without a reason to wait for it, there is nothing to say of a message that is only stored.
    if (state === undefined || !isLater(state, "stored")) return undefined;
    return { state, times: { [state]: now }, reason, answer };
  }
  const moves = state !== undefined && (isLater(state, before.state) || isRelease(state, before.state));
  if (!moves && (due === undefined || hasEnded(before.state))) return undefined;
  const reached = moves ? { state, times: { ...before.times, [state]: now } } : before;
  const next = { ...before, ...reached, due: dueAfter(reached.state, due === undefined ? before.due : due) };
  const isReasonPast = moves && (before.state === "held" || state === "answered");
  return { ...next, reason: reason ?? (isReasonPast ? undefined : before.reason), answer: answer ?? before.answer };
}

const isRelease = (state: ReceiptState, before: ReceiptState) => before === "held" && state === "stored";

/** What has been read cannot expire, and what has ended asks for nothing. */
function dueAfter(state: ReceiptState, due: Due | null | undefined): Due | undefined {
  if (due === null || due === undefined) return undefined;
  if (due.what === "expire" && isLater(state, "at_machine")) return undefined;
  return hasEnded(state) ? undefined : due;
}

/** Nothing more is expected of it. */
export const hasEnded = (state: ReceiptState): boolean =>
  state === "answered" || state === "refused" || state === "expired";

/** Where the receipt of a new message begins. */
export function firstProgress({ why, isQuiet, reason, due, ...begin }: Addressee, now: number): Progress {
  const state: ReceiptState = begin.state ?? "stored";
  return { state, times: { [state]: now }, why, isQuiet, reason, due: dueAfter(state, due) };
}
