import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import {
  beginning,
  type Cleared,
  type ConsumerId,
  type Entry,
  isMessage,
  type MessageId,
  type Restored,
  type Seq,
} from "../core/message.ts";
import { inScope, type Scope } from "../core/scope.ts";
import type { GuardedStore } from "../core/guarded-store.ts";

/** The two ways to say where to read from: a message that you saw, or a consumer whose place the bridge keeps. */
export const cursorInput = {
  since_id: fields.messageId.optional().describe(`last id you saw, or "beginning"`),
  consumer_id: fields.consumerId.optional().describe("your name: read after what it acknowledged"),
};

export interface CursorInput {
  readonly since_id?: MessageId | undefined;
  readonly consumer_id?: ConsumerId | undefined;
}

/** The cursor before every message. */
const theBeginning = "beginning";

/** Why a page is not simply what came after the cursor. */
export type Warning = "since_id_not_found" | "channel_cleared" | "channel_restored" | "history_pruned";

/** Where in the log the message `id` stands, if it is still there and in the scope. */
export async function positionOf(
  log: Pick<GuardedStore, "find">,
  scope: Scope,
  id: MessageId,
): Promise<Seq | undefined> {
  if (id === theBeginning) return beginning;
  const entry = await log.find(id);
  return entry !== undefined && inScope(scope, entry.channel) ? entry.seq : undefined;
}

/** Where to read from. A consumer has a place in each channel of its own. */
export interface Start {
  /** The place that every channel of the scope has reached. */
  readonly earliest: Seq;
  in(channel: Entry["channel"]): Seq;
}

type Places = Pick<GuardedStore, "find" | "cursor">;

/**
 * Where to read from, or undefined when `since_id` is not, or no longer, in the scope.
 *
 * @throws BridgeError `invalid_input` when no cursor or two are given, or a consumer with a pattern.
 */
export async function startOf(store: Places, scope: Scope, cursor: CursorInput): Promise<Start | undefined> {
  const { since_id: sinceId, consumer_id: consumer } = cursor;
  if (sinceId !== undefined && consumer !== undefined) {
    throw new BridgeError("invalid_input", "since_id: give it or consumer_id, not both", { field: "since_id" });
  }
  if (sinceId !== undefined) {
    const seq = await positionOf(store, scope, sinceId);
    return seq === undefined ? undefined : { earliest: seq, in: () => seq };
  }
  if (consumer === undefined) {
    const message = "since_id: give the last id you saw, or consumer_id, or since_id=beginning";
    throw new BridgeError("invalid_input", message, { field: "since_id" });
  }
  return placesOf(store, scope, consumer);
}

async function placesOf(store: Places, { names, patterns }: Scope, consumer: ConsumerId): Promise<Start> {
  if (patterns.length > 0) {
    const message = "consumer_id: cannot be used with a pattern; name the channels, or give since_id";
    throw new BridgeError("invalid_input", message, { field: "consumer_id" });
  }
  const places = new Map<string, Seq>();
  for (const name of names) places.set(name, (await store.cursor(consumer, name))?.seq ?? beginning);
  return { earliest: Math.min(...places.values()) as Seq, in: (channel) => places.get(channel) ?? beginning };
}

/** Whether `start` has not seen the entry. To a reader from the beginning a clear is no news: it had nothing to lose. */
export function isNews(entry: Entry, start: Start): boolean {
  const after = start.in(entry.channel);
  return entry.seq > after && (isMessage(entry) || after > beginning);
}

/** The last clear, or undoing of one, that a reader at `start` has not seen: how it is now. */
export function changeIn(page: readonly Entry[], start: Start): Cleared | Restored | undefined {
  return page.filter((entry) => !isMessage(entry)).findLast((entry) => isNews(entry, start));
}

/** What a reader at `start` should know of the page, beside its messages. */
export function warningOf(page: readonly Entry[], start: Start): Warning | undefined {
  const change = changeIn(page, start);
  if (change !== undefined) return change.kind === "cleared" ? "channel_cleared" : "channel_restored";
  const seen = new Set<string>();
  for (const { channel, prev } of page) {
    const after = start.in(channel);
    if (!seen.has(channel) && after > beginning && prev > after) return "history_pruned";
    seen.add(channel);
  }
  return undefined;
}
