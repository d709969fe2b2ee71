import type { Seq } from "../core/message.ts";
import { type MessageRow, rowFrom } from "./received.ts";
import { fieldsOf, flag, list, number, text } from "./shape.ts";

export interface Searching {
  /** Words, "phrases" and words such as `from:` and `is:`; docs/http-api.md has them all. */
  readonly query: string;
  /** The `next` of the page before. */
  readonly before?: number | undefined;
  /** 1 to 100 messages; 20 unless told. */
  readonly limit?: number | undefined;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface FoundRow extends MessageRow {
  /** A piece of its text, and the places in that piece of what was looked for, in UTF-16 code units. */
  readonly snippet: { readonly text: string; readonly matches: readonly Span[] };
}

/** A part of the query, and its place in it. */
export interface FoundQueryPart extends Span {
  /** `text`, or the word before its colon. */
  readonly kind: string;
  readonly value: string;
  readonly negated: boolean;
}

export interface FoundPage {
  /** Newest first. */
  readonly messages: readonly FoundRow[];
  /** The `before` of the next page. Also a page that is short, or empty, may have one: the bridge looks for so long only. */
  readonly next: Seq | undefined;
  readonly parts: readonly FoundQueryPart[];
}

export function foundPageFrom(value: unknown): FoundPage {
  const fields = fieldsOf(value);
  return {
    messages: list(fields, "messages").map(foundRowFrom),
    next: flag(fields, "has_more") ? (number(fields, "next") as Seq) : undefined,
    parts: list(fields, "parts").map(partFrom),
  };
}

function foundRowFrom(value: unknown): FoundRow {
  const snippet = fieldsOf(fieldsOf(value)["snippet"]);
  return {
    ...rowFrom(value),
    snippet: { text: text(snippet, "text"), matches: list(snippet, "matches").map(spanFrom) },
  };
}

function partFrom(value: unknown): FoundQueryPart {
  const fields = fieldsOf(value);
  return {
    kind: text(fields, "kind"),
    value: text(fields, "value"),
    negated: flag(fields, "negated"),
    ...spanFrom(fields),
  };
}

function spanFrom(value: unknown): Span {
  const fields = fieldsOf(value);
  return { start: number(fields, "start"), end: number(fields, "end") };
}
