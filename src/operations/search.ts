import { z } from "zod";
import { maxQueryLength, maxSearchPage } from "../core/limits.ts";
import type { Seq } from "../core/message.ts";
import { defineOperation } from "../core/operation.ts";
import { scopeOfQuery } from "../core/search.ts";
import { parseQuery, type QueryPart } from "../core/search-query.ts";
import { snippetOf } from "../core/snippet.ts";
import { formatTime } from "../core/time.ts";
import { toWire, wireMessage } from "../core/wire.ts";

const span = { start: z.int(), end: z.int() };

const foundMessage = wireMessage.extend({
  snippet: z
    .object({ text: z.string(), matches: z.array(z.object(span)) })
    .describe("A piece of its text; matches are places in that piece, in UTF-16 code units"),
});

const queryPart = z.object({
  kind: z.enum(["text", "from", "to", "in", "type", "thread", "is", "has", "before", "after"]),
  value: z.string(),
  negated: z.boolean(),
  at: z.string().optional().describe("Of before and after: the time that is meant"),
  ...span,
});

export const search = defineOperation({
  name: "search",
  title: "Search messages",
  summary:
    'Messages that fit a query, newest first: words, "phrases", from: to: in: type: thread: is: has: before: after:',
  permission: "read",
  effect: "reads",
  input: z.object({
    q: z
      .string()
      .min(1)
      .max(maxQueryLength)
      .refine((value) => value.isWellFormed(), "must be well-formed Unicode")
      .describe('e.g. refund from:win -type:ack after:2d; -word leaves out, "in quotes" is text'),
    before: z.int().min(1).optional().describe("`next` of the page before"),
    limit: z
      .int()
      .min(1)
      .default(20)
      .transform((value) => Math.min(value, maxSearchPage)),
  }),
  output: z.object({
    messages: z.array(foundMessage).describe("Newest first"),
    next: z.int().optional().describe("`before` of the next page"),
    has_more: z.boolean().describe("There may be more: the page is full, or the search took too long to go on"),
    parts: z.array(queryPart).describe("What the query was read as, with the places in it"),
  }),

  async run({ q, before = Number.MAX_SAFE_INTEGER, limit }, { store, clock }) {
    const query = parseQuery(q, clock.now());
    const { messages, next } = await store.search(query, scopeOfQuery(query), before as Seq, limit);
    return {
      messages: messages.map((message) => ({ ...toWire(message, "row"), snippet: snippetOf(message.content, query) })),
      ...(next === undefined ? {} : { next }),
      has_more: next !== undefined,
      parts: query.parts.map(toWirePart),
    };
  },
});

function toWirePart(part: QueryPart): z.output<typeof queryPart> {
  const { kind, value, negated, start, end } = part;
  return { kind, value, negated, ...("at" in part ? { at: formatTime(part.at) } : {}), start, end };
}
