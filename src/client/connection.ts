import type { Seq } from "../core/message.ts";
import { parseJson } from "./body.ts";
import { BridgeError, unreachable } from "./error.ts";
import type { StreamEvent } from "./event-parser.ts";
import { openEventStream } from "./event-stream.ts";
import type { News, NewsEntry } from "./news.ts";
import type { Gap, Place } from "./place.ts";
import { clearFrom, messageFrom, restoreFrom } from "./received.ts";
import type { Ask } from "./request.ts";
import type { Settings } from "./settings.ts";
import { fieldsOf } from "./shape.ts";
import type { StreamEntry, SubscriptionEntry } from "./subscription.ts";
import { linked } from "./timer.ts";

/** Which part of the log, as `/events` is asked for it. */
export type Scope = Ask["query"] & {};

export interface Listener {
  /** The head has come. */
  live(): void;
  /** Bytes have come: the bridge is there. */
  heard(): void;
  /** The bridge says how long to wait before coming again. */
  asked(ms: number): void;
}

/** What is read, from where, and what beside it. */
export interface Reading {
  readonly scope: Scope;
  readonly place: Place;
  readonly news: News;
}

/**
 * What one connection gives after the place, which it moves. It ends when there is more, to be had by coming again at
 * once.
 *
 * @throws BridgeError when it breaks or is refused; the signal's reason when it aborts.
 */
export async function* readConnection(
  settings: Settings,
  { scope, place, news }: Reading,
  listener: Listener,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamEntry, void, void> {
  const link = linked(signal);
  let isEmpty = true;
  try {
    place.comeBack();
    // Not in the header Last-Event-ID, which means the same: it cannot hold every id that a bridge may have imported.
    const ask = { path: "/events", query: [...scope, ["since_id", place.cursor], ...news.query] } as const;
    const stream = await openEventStream(settings, ask, link.signal);
    if (stream.cursor !== undefined) place.begin(stream.cursor);
    news.begin(stream.receiptsFrom);
    listener.live();
    yield* await news.present(settings, link.signal);
    for await (const batch of stream.batches) {
      listener.heard();
      for (const event of batch) {
        if (event.kind === "retry") listener.asked(event.ms);
        else if (event.event !== "replay_truncated") {
          for (const entry of entriesIn(event, place, news)) {
            // Only these bring it nearer to where it wants to be.
            isEmpty &&= isNews(entry);
            yield entry;
            // What came in the same read is not for a caller who has had enough.
            link.signal.throwIfAborted();
          }
        } else if (!isEmpty) return;
      }
    }
    throw unreachable("the bridge ended the stream");
  } finally {
    link.end();
  }
}

type ReadEntry = (value: unknown) => Exclude<SubscriptionEntry, Gap>;

const readers: ReadonlyMap<string, ReadEntry> = new Map<string, ReadEntry>([
  ["message", messageFrom],
  ["clear", clearFrom],
  ["restore", restoreFrom],
]);

/** None for an entry that was had before, and for the events of bridges that are newer than we are. */
function entriesIn({ event, data }: StreamEvent & { kind: "event" }, place: Place, news: News): readonly StreamEntry[] {
  if (event === "cursor_stale") return goOn(fieldsOf(parseJson(data)), place);
  const read = readers.get(event);
  if (read === undefined) {
    const entry = news.take(event, parseJson(data));
    return entry === undefined ? [] : [entry];
  }
  const entry = read(parseJson(data));
  const taken = place.take(entry);
  if (taken === false) return [];
  return taken === true ? [entry] : [taken, entry];
}

const isNews = ({ kind }: StreamEntry): boolean => newsKinds.has(kind);
const newsKinds: ReadonlySet<string> = new Set<NewsEntry["kind"]>(["receipt", "receipt_gap", "agent"]);

/** The entry at the cursor is gone. Where the bridge knows when that was, it goes on from there. */
function goOn({ seq }: Readonly<Record<string, unknown>>, place: Place): readonly [] {
  if (typeof seq !== "number") {
    const message = "the cursor is not in what is read: begin again, after `beginning` or `now`";
    throw new BridgeError("cursor_stale", message, { field: "after" });
  }
  place.goOnFrom(seq as Seq);
  return [];
}
