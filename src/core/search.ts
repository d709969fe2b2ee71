import type { ChannelName, Message, Seq } from "./message.ts";
import { isWithdrawn, questionType } from "./question.ts";
import { type Receipt, waitingStates } from "./receipt.ts";
import { fits, inAnyPattern, type Scope } from "./scope.ts";
import type { FieldPart, QueryPart, SearchQuery, TextPart } from "./search-query.ts";
import { type Readable, readable } from "./search-text.ts";
import { plainWordsOf } from "./search-words.ts";

/** What a search found, newest first. */
export interface SearchPage {
  readonly messages: readonly Message[];
  /**
   * The `before` that goes on from here, where there may be more. A page may be short, and even empty, and still have
   * one: an engine looks for so long at a time.
   */
  readonly next: Seq | undefined;
}

/** What of a message is looked at. */
export type Searched = Pick<Message, "seq" | "channel" | "sender" | "content" | "acceptedAt">;

/** A message as it is looked at: what it takes longer to know is known when it is asked for. */
export interface Candidate {
  readonly message: Searched;
  readonly readable: Readable;
  readonly words: readonly string[];
  readonly receipts: readonly Received[];
}

/** What of a receipt is looked for. */
export type Received = Pick<Receipt, "agent" | "why" | "state" | "reason">;

type ReceiptsOf = (seq: Seq) => readonly Received[];

export function candidate(message: Searched, receiptsOf: ReceiptsOf): Candidate {
  let read: Readable | undefined;
  let words: readonly string[] | undefined;
  let receipts: readonly Received[] | undefined;
  return {
    message,
    get readable() {
      return (read ??= readable(message.content));
    },
    get words() {
      return (words ??= plainWordsOf(this.readable.text));
    },
    get receipts() {
      return (receipts ??= receiptsOf(message.seq));
    },
  };
}

/** Where the query looks: the channels that it names, or everywhere. */
export function scopeOfQuery({ parts }: SearchQuery): Scope {
  const wanted = parts.filter(({ kind, negated }) => kind === "in" && !negated).map(({ value }) => value);
  if (wanted.length === 0) return { names: [], patterns: ["*"] };
  const names = wanted.filter((value) => !value.includes("*")) as ChannelName[];
  return { names, patterns: wanted.filter((value) => value.includes("*")) };
}

/** Whether a query finds the message: the one place that says so, for every engine. */
export function matcherOf({ parts }: SearchQuery): (candidate: Candidate) => boolean {
  const groups = groupsOf(parts);
  return (one) => groups.every((group) => group.some((part) => holds(part, one) !== part.negated));
}

const alternatives: readonly QueryPart["kind"][] = ["from", "to", "in", "type", "thread"];

/** What must hold, each with its alternatives. */
export function groupsOf(parts: readonly QueryPart[]): readonly (readonly QueryPart[])[] {
  const isAlternative = ({ kind, negated }: QueryPart) => !negated && alternatives.includes(kind);
  const alone = parts.filter((part) => !isAlternative(part)).map((part) => [part]);
  const groups = alternatives.map((kind) => parts.filter((part) => isAlternative(part) && part.kind === kind));
  return [...groups.filter(({ length }) => length > 0), ...alone].toSorted(([a], [b]) => costOf(a) - costOf(b));
}

/** What costs least to know is asked first: the text must be taken apart, and receipts are read one message at a time. */
const costOf = (part: QueryPart | undefined) =>
  part?.kind === "text" ? 1 : part?.kind === "to" || part?.kind === "is" ? 2 : 0;

function holds(part: QueryPart, one: Candidate): boolean {
  switch (part.kind) {
    case "text":
      return hasWords(one.words, part);
    case "from":
    case "to":
    case "in":
    case "type":
    case "thread":
      return hasField(part, one);
    case "is":
      return isOf[part.value](one);
    case "has":
      return one.readable.hasArtifact;
    case "before":
      return one.message.acceptedAt < part.at;
    case "after":
      return one.message.acceptedAt >= part.at;
  }
}

function hasField({ kind, value }: FieldPart, one: Candidate): boolean {
  const { message, readable: read } = one;
  switch (kind) {
    case "from":
      return isNamed(value, message.sender);
    case "to":
      return recipientsOf(read, one.receipts).some((name) => isNamed(value, name));
    case "in":
      return inAnyPattern([value], message.channel);
    case "type":
      return read.type !== undefined && fits(value.toLowerCase(), read.type);
    case "thread":
      return read.thread !== undefined && fits(value, read.thread);
  }
}

/** Whom a message is for: as its sender wrote it, and as the bridge has understood it. */
export function recipientsOf({ recipient }: Readable, receipts: readonly Pick<Receipt, "agent" | "why">[]) {
  const agents = receipts.filter(({ why }) => why !== undefined).map(({ agent }) => agent);
  return recipient === undefined ? agents : [recipient, ...agents];
}

/** A machine's name is also that of its agents. Case does not matter. */
const isNamed = (wanted: string, name: string) => namesOf(name).some((one) => fits(wanted.toLowerCase(), one));

/** The names by which it is found. */
export function namesOf(name: string): readonly string[] {
  const lower = name.toLowerCase();
  const slash = lower.indexOf("/");
  return slash > 0 ? [lower, lower.slice(0, slash)] : [lower];
}

const isOf: Readonly<Record<"unread" | "unanswered" | "held" | "question", (one: Candidate) => boolean>> = {
  unread: ({ receipts }) =>
    receipts.some(({ why, state }) => why !== undefined && waitingStates.some((waiting) => waiting === state)),
  held: ({ receipts }) => receipts.some(({ state }) => state === "held"),
  question: isQuestion,
  unanswered: (one) =>
    isQuestion(one) && !one.receipts.some((receipt) => receipt.state === "answered" || isWithdrawn(receipt)),
};

function isQuestion({ readable: { type } }: Candidate): boolean {
  return type === questionType;
}

function hasWords(words: readonly string[], part: TextPart): boolean {
  const last = words.length - part.words.length;
  for (let at = 0; at <= last; at += 1) if (hasWordsAt(words, at, part)) return true;
  return false;
}

/** Whether the part's words begin at this place. */
export function hasWordsAt(words: readonly string[], at: number, { words: wanted, isPrefix }: TextPart): boolean {
  return wanted.every((word, index) => {
    const found = words[at + index] ?? "";
    return isPrefix && index === wanted.length - 1 ? found.startsWith(word) : found === word;
  });
}
