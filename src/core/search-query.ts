import { BridgeError } from "./errors.ts";
import { maxQueryLength, maxQueryParts } from "./limits.ts";
import { parseMoment } from "./search-time.ts";
import { wordsOf } from "./search-words.ts";

/**
 * What is looked for. All parts must hold; of several `from:`, `to:`, `in:`, `type:` or `thread:` one must. Without
 * parts it finds everything.
 */
export interface SearchQuery {
  readonly parts: readonly QueryPart[];
}

export type QueryPart = Part & {
  /** It must not hold. */
  readonly negated: boolean;
  /** Its place in the text that was parsed, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
};

export type Part = TextPart | FieldPart | IsPart | HasPart | TimePart;

/** Words in a row. */
export interface TextPart {
  readonly kind: "text";
  readonly value: string;
  readonly words: readonly string[];
  readonly isQuoted: boolean;
  /** `test*`: the last word begins so. */
  readonly isPrefix: boolean;
}

export interface FieldPart {
  readonly kind: (typeof fieldWords)[number];
  /** With a `*` it is a pattern. */
  readonly value: string;
}

export interface IsPart {
  readonly kind: "is";
  readonly value: (typeof isValues)[number];
}

export interface HasPart {
  readonly kind: "has";
  readonly value: (typeof hasValues)[number];
}

export interface TimePart {
  readonly kind: "before" | "after";
  readonly value: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

const fieldWords = ["from", "to", "in", "type", "thread"] as const;
const isValues = ["unread", "unanswered", "held", "question"] as const;
const hasValues = ["artifact"] as const;
const timeWords = ["before", "after"] as const;
/** All that there are, as they are offered. */
const queryWords: readonly string[] = [...fieldWords, "is", "has", ...timeWords];

/**
 * A part and what it is made of. Quotes hold what has blanks, in a value too; one that is not closed ends with the text.
 * Before `//` nothing is a word of ours, so that a URL is what it looks like.
 */
const tokens = /(?<minus>-?)(?:(?<word>[A-Za-z]+):(?!\/\/))?(?:"(?<quoted>[^"]*)"?|(?<bare>[^\s"]*))/y;
const blanks = /\s*/y;

/**
 * @param now what relative times count from, in milliseconds since the Unix epoch.
 * @throws BridgeError `invalid_input` of the field `q`.
 */
export function parseQuery(text: string, now: number): SearchQuery {
  if (text.length > maxQueryLength) throw wrong(`must be at most ${maxQueryLength} characters`);
  const parts: QueryPart[] = [];
  for (let at = skip(text, 0); at < text.length; at = skip(text, at)) {
    tokens.lastIndex = at;
    const match = tokens.exec(text);
    const [token, groups] = [match?.[0] ?? "", match?.groups ?? {}];
    // Nothing matches emptily here: what is no blank is a quote, or part of a bare word.
    const end = at + Math.max(token.length, 1);
    if (parts.length >= maxQueryParts) throw wrong(`must have at most ${maxQueryParts} parts`);
    const negated = groups["minus"] === "-";
    parts.push({ ...partOf(token, groups, now), negated, start: at, end });
    at = end;
  }
  return { parts };
}

function skip(text: string, at: number): number {
  blanks.lastIndex = at;
  return at + (blanks.exec(text)?.[0].length ?? 0);
}

function partOf(
  token: string,
  { word, quoted, bare }: Readonly<Record<string, string | undefined>>,
  now: number,
): Part {
  const value = quoted ?? bare ?? "";
  if (word === undefined) return textPart(token, value, quoted !== undefined);
  const kind = word.toLowerCase();
  if (!queryWords.includes(kind)) {
    throw wrong(
      `there is no '${word}:'; there are ${queryWords.map((known) => `${known}:`).join(" ")}; put text in quotes`,
    );
  }
  if (value.trim() === "") throw wrong(`${kind}: needs a value right behind it`);
  if (isOneOf(fieldWords, kind)) return { kind, value };
  if (isOneOf(timeWords, kind)) return { kind, value, at: momentOf(kind, value, now) };
  if (kind === "is") return { kind, value: oneOf(kind, isValues, value) };
  return { kind: "has", value: oneOf("has", hasValues, value) };
}

function textPart(token: string, value: string, isQuoted: boolean): TextPart {
  const words = wordsOf(value).map(({ word }) => word);
  if (words.length === 0) throw wrong(`${token} has no letter or digit to look for`);
  const isPrefix = !isQuoted && value.endsWith("*");
  return { kind: "text", value: isPrefix ? value.slice(0, -1) : value, words, isQuoted, isPrefix };
}

function momentOf(kind: string, value: string, now: number): number {
  const at = parseMoment(value, now);
  if (at === undefined) throw wrong(`${kind}: is a time such as 2026-11-22, 2026-11-22T10:00:00Z, 30m, 1h or 2d`);
  return at;
}

const isOneOf = <T extends string>(known: readonly T[], value: string): value is T =>
  known.some((one) => one === value);

function oneOf<T extends string>(kind: string, known: readonly T[], value: string): T {
  const lower = value.toLowerCase();
  if (isOneOf(known, lower)) return lower;
  throw wrong(`${kind}: takes ${known.join(", ")}`);
}

const wrong = (what: string) => new BridgeError("invalid_input", `q: ${what}`, { field: "q" });

/** The query as text again, which is parsed to the same parts. */
export const printQuery = ({ parts }: SearchQuery): string => parts.map(printPart).join(" ");

function printPart(part: QueryPart): string {
  const minus = part.negated ? "-" : "";
  if (part.kind !== "text")
    return `${minus}${part.kind}:${/\s|^\/\//.test(part.value) ? `"${part.value}"` : part.value}`;
  if (part.isQuoted) return `${minus}"${part.value}"`;
  return `${minus}${part.value}${part.isPrefix ? "*" : ""}`;
}
