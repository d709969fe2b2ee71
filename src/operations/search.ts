import { z } from "zod";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import { maxQueryLength, maxSearchPage } from "../core/limits.ts";
import type { GuardedStore } from "../core/guarded-store.ts";
import type { Message, MessageId, Seq } from "../core/message.ts";
import { seqOf } from "../core/message-id.ts";
import { defineOperation } from "../core/operation.ts";
import { scopeOfQuery } from "../core/search.ts";
import { parseQuery, type QueryPart } from "../core/search-query.ts";
import { snippetOf } from "../core/snippet.ts";
import { formatTime } from "../core/time.ts";
import { toWire, wireMessage } from "../core/wire.ts";
import { toWireReceipt, type WireReceipt, wireReceipt } from "../core/wire-receipt.ts";
import { fit } from "./receive.ts";

const span = { start: z.int(), end: z.int() };

const foundMessage = wireMessage.extend({
  snippet: z
    .object({ text: z.string(), matches: z.array(z.object(span)) })
    .describe("A piece of its text; matches are places in that piece, in UTF-16 code units"),
  receipts: z.array(wireReceipt).optional().describe("How far it got with each agent, where that was asked for"),
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
      .max(maxQueryLength)
      .refine((value) => value.isWellFormed(), "must be well-formed Unicode")
      .default("")
      .describe('e.g. refund from:win -type:ack after:2d; -word leaves out, "in quotes" is text; nothing finds all'),
    before: z
      .union([z.int().min(1), fields.messageId], { error: "must be the next of a page, or the id of a message" })
      .optional()
      .describe("`next` of the page before, or the id of an entry: what is older"),
    limit: z
      .int()
      .min(1)
      .default(20)
      .transform((value) => Math.min(value, maxSearchPage)),
    full: z.boolean().default(false).describe("Whole messages, with content and envelope"),
    receipts: z.boolean().default(false).describe("With each message its receipts"),
  }),
  output: z.object({
    messages: z.array(foundMessage).describe("Newest first"),
    next: z.int().optional().describe("`before` of the next page"),
    has_more: z.boolean().describe("There may be more: the page is full, or the search took too long to go on"),
    parts: z.array(queryPart).describe("What the query was read as, with the places in it"),
  }),

  async run({ q, before, limit, full, receipts }, { store, clock }) {
    const query = parseQuery(q, clock.now());
    const found = await store.search(query, scopeOfQuery(query), await placeOf(store, before), limit);
    const messages = full ? fit(found.messages) : found.messages;
    const next = messages.length < found.messages.length ? messages.at(-1)?.seq : found.next;
    const receiptsOf = receipts ? await receiptsOn(store, messages) : undefined;
    return {
      messages: messages.map((message) => ({
        ...toWire(message, full ? "parsed" : "row"),
        snippet: snippetOf(message.content, query),
        ...(receiptsOf === undefined ? {} : { receipts: receiptsOf.get(message.seq) ?? [] }),
      })),
      ...(next === undefined ? {} : { next }),
      has_more: next !== undefined,
      parts: query.parts.map(toWirePart),
    };
  },
});

/** An id of ours is a place in the log, also when what stood there is gone. */
async function placeOf(store: GuardedStore, before: number | MessageId | undefined): Promise<Seq> {
  if (typeof before !== "string") return (before ?? Number.MAX_SAFE_INTEGER) as Seq;
  const seq = seqOf(store.epoch, before) ?? (await store.find(before))?.seq;
  if (seq === undefined) throw new BridgeError("not_found", `before: no message ${before}`, { field: "before" });
  return seq;
}

async function receiptsOn(store: GuardedStore, messages: readonly Message[]) {
  const rows = await store.receipts.of(messages.map(({ seq }) => seq));
  const bySeq = new Map<Seq, WireReceipt[]>(messages.map(({ seq }) => [seq, []]));
  for (const row of rows) bySeq.get(row.seq)?.push(toWireReceipt(store.epoch, row));
  return bySeq;
}

function toWirePart(part: QueryPart): z.output<typeof queryPart> {
  const { kind, value, negated, start, end } = part;
  return { kind, value, negated, ...("at" in part ? { at: formatTime(part.at) } : {}), start, end };
}
