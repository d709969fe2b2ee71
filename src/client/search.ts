import type { Seq } from "../core/message.ts";
import { type Receipt, receiptsIn } from "./receipt.ts";
import { messageFrom, type MessageRow, type ReceivedMessage, rowFrom } from "./received.ts";
import { ask } from "./retry.ts";
import type { CallOptions, Settings } from "./settings.ts";
import { type Fields, fieldsOf, flag, list, number, text } from "./shape.ts";

export interface Searching {
  /** Words, "phrases" and words such as `from:` and `is:`; docs/http-api.md has them all. Without one all are found. */
  readonly query?: string | undefined;
  /** The `next` of the page before, or the id of a message: what is older. */
  readonly before?: number | string | undefined;
  /** 1 to 100 messages; 20 unless told. */
  readonly limit?: number | undefined;
  /** Whole messages. A page may then be shorter, as it holds so much text only. */
  readonly full?: boolean | undefined;
  /** With each message how far it got. */
  readonly receipts?: boolean | undefined;
}

export interface Search {
  (searching: Searching & { readonly full: true }, options?: CallOptions): Promise<FoundPage<FoundInFull>>;
  (searching: Searching, options?: CallOptions): Promise<FoundPage>;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface FoundRow extends MessageRow {
  /** A piece of its text, and the places in that piece of what was looked for, in UTF-16 code units. */
  readonly snippet: { readonly text: string; readonly matches: readonly Span[] };
  /** With each agent that it is for or that read it; undefined where they were not asked for. */
  readonly receipts: readonly Receipt[] | undefined;
}

export interface FoundInFull extends FoundRow, Pick<ReceivedMessage, "content" | "envelope" | "parseWarning"> {}

/** A part of the query, and its place in it. */
export interface FoundQueryPart extends Span {
  /** `text`, or the word before its colon. */
  readonly kind: string;
  readonly value: string;
  readonly negated: boolean;
}

export interface FoundPage<Row extends FoundRow = FoundRow> {
  /** Newest first. */
  readonly messages: readonly Row[];
  /** The `before` of the next page. Also a page that is short, or empty, may have one: the bridge looks for so long only. */
  readonly next: Seq | undefined;
  readonly parts: readonly FoundQueryPart[];
}

export function createSearch(settings: Settings): Search {
  function search(searching: Searching & { readonly full: true }, call?: CallOptions): Promise<FoundPage<FoundInFull>>;
  function search(searching: Searching, call?: CallOptions): Promise<FoundPage>;
  async function search({ query: q, before, limit, full = false, receipts = false }: Searching, call?: CallOptions) {
    const query = [
      ["q", q],
      ["before", before],
      ["limit", limit],
      ["full", full ? 1 : undefined],
      ["receipts", receipts ? 1 : undefined],
    ] as const;
    const page = await ask(settings, { path: "/api/search", query }, call);
    return foundPageFrom(page, full ? foundInFull : foundRow);
  }
  return search;
}

function foundPageFrom<Row extends FoundRow>(value: unknown, rowOf: (value: unknown) => Row): FoundPage<Row> {
  const fields = fieldsOf(value);
  return {
    messages: list(fields, "messages").map(rowOf),
    next: flag(fields, "has_more") ? (number(fields, "next") as Seq) : undefined,
    parts: list(fields, "parts").map(partFrom),
  };
}

const foundRow = (value: unknown): FoundRow => ({ ...rowFrom(value), ...foundPart(fieldsOf(value)) });

const foundInFull = (value: unknown): FoundInFull => ({ ...messageFrom(value), ...foundPart(fieldsOf(value)) });

function foundPart(fields: Fields): Pick<FoundRow, "snippet" | "receipts"> {
  const snippet = fieldsOf(fields["snippet"]);
  return {
    snippet: { text: text(snippet, "text"), matches: list(snippet, "matches").map(spanFrom) },
    receipts: fields["receipts"] === undefined ? undefined : receiptsIn(fields),
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
