import { z } from "zod";
import * as fields from "../core/fields.ts";
import { maxPageText } from "../core/limits.ts";
import { beginning, type ChannelName, type ConsumerId, type Entry, isMessage } from "../core/message.ts";
import { type Context, defineOperation } from "../core/operation.ts";
import { only, type Scope } from "../core/scope.ts";
import type { GuardedStore } from "../core/guarded-store.ts";
import { toWire, wireMessage } from "../core/wire.ts";
import { noteGiven, placesOf } from "./digest.ts";
import { changeIn, cursorInput, type Start, startOf, warningOf } from "./cursor.ts";

/** One page of messages, and what the page leaves out. */
export const pageOutput = z.object({
  messages: z.array(wireMessage).describe("Oldest first"),
  next_cursor: z.string().optional().describe("since_id of the next page"),
  last_ids: z
    .record(z.string(), z.string())
    .optional()
    .describe("The last entry of each channel on the page: what a consumer acknowledges"),
  consumer_id: z.string().optional(),
  warning: z
    .enum(["since_id_not_found", "channel_cleared", "channel_restored", "history_pruned"])
    .optional()
    .describe("The page is not simply what came after the cursor"),
  warning_by: z.string().optional().describe("Who cleared the channel, or undid it"),
  has_more: z.boolean(),
  remaining: z
    .int()
    .describe("Messages that the page leaves out: newer ones after a cursor, older ones where none was given"),
});

/** The answer to a cursor that is not, or no longer, in the scope: nothing is read, and the reader is told. */
export const staleCursor = { messages: [], warning: "since_id_not_found" as const, has_more: false, remaining: 0 };

const output = pageOutput.extend({ channel: z.string() });
type Page = z.output<typeof output>;

export const receive = defineOperation({
  name: "receive",
  title: "Receive messages",
  summary: "Read messages: after a cursor, or the newest; without channel, your unread. Does not wait.",
  permission: "read",
  effect: "reads",
  input: z.object({
    channel: fields.channel,
    ...cursorInput,
    limit: fields.limit.default(20),
    full: z.boolean().default(true),
  }),
  output,

  async run({ channel, limit, full, ...cursor }, context): Promise<Page> {
    const detail = full ? "parsed" : "row";
    if (cursor.since_id === undefined && cursor.consumer_id === undefined) {
      return newest(channel, limit, detail, context);
    }
    const { consumer_id: consumer } = cursor;
    const start = await startOf(context.store, only(channel), cursor);
    if (start === undefined) return { channel, ...staleCursor };
    const page = await after(channel, start, limit, detail, context, consumer);
    return { ...page, next_cursor: page.next_cursor ?? cursor.since_id, consumer_id: consumer };
  },
});

type Detail = "row" | "parsed";

async function newest(channel: ChannelName, limit: number, detail: Detail, context: Context): Promise<Page> {
  const { store } = context;
  const tail = await store.tail(only(channel), limit);
  const page = fit(tail.toReversed()).toReversed();
  const remaining = Math.max(0, (await store.remaining(only(channel), beginning)) - page.length);
  const messages = page.map((message) => toWire(message, detail));
  noteGiven(
    context,
    undefined,
    placesOf([channel], () => beginning, page),
  );
  return { channel, messages, next_cursor: page.at(-1)?.id, has_more: remaining > 0, remaining };
}

async function after(
  channel: ChannelName,
  start: Start,
  limit: number,
  detail: Detail,
  context: Context,
  consumer: ConsumerId | undefined,
) {
  const page = fit(await context.store.read(only(channel), start.earliest, limit));
  noteGiven(context, consumer, placesOf([channel], start.in, page));
  return { channel, ...(await pageOf(page, start, only(channel), detail, context.store)) };
}

/** What is said of a page that was read from `start`. */
export async function pageOf(page: readonly Entry[], start: Start, scope: Scope, detail: Detail, log: GuardedStore) {
  const last = page.at(-1);
  const remaining = last === undefined ? 0 : await log.remaining(scope, last.seq);
  const messages = page.filter(isMessage).map((message) => toWire(message, detail));
  const lastIds = Object.fromEntries(page.map(({ channel, id }) => [channel as string, id as string]));
  const said = { warning: warningOf(page, start), warning_by: changeIn(page, start)?.by };
  return { messages, next_cursor: last?.id, last_ids: lastIds, ...said, has_more: remaining > 0, remaining };
}

/** The first of `entries` that stay within the text of one page; at least one. */
export const fit = <E extends Entry>(entries: readonly E[]): readonly E[] =>
  fitText(entries, (entry) => (isMessage(entry) ? entry.content : ""));

/** The first of `items` whose texts stay within that of one page; at least one. */
export function fitText<T>(items: readonly T[], textOf: (item: T) => string): readonly T[] {
  let size = 0;
  const end = items.findIndex((item, index) => (size += textOf(item).length) > maxPageText && index > 0);
  return end < 0 ? items : items.slice(0, end);
}
