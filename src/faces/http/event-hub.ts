import type { Bridge } from "../../core/bridge.ts";
import type { Entry, Seq } from "../../core/message.ts";
import { localOperator } from "../../core/principal.ts";
import { everything, inScope, type Scope } from "../../core/scope.ts";
import { type Chunk, toChunk } from "./event-chunk.ts";
import { entryFrame } from "./event-frames.ts";
import { createBatches } from "./event-batches.ts";
import { createReaders, type LiveReader } from "./event-readers.ts";
import { createTail, type Framed, type Tail } from "./event-tail.ts";

/**
 * Delivers to all live streams of this node. One reader follows the whole log for them: each entry is read once,
 * made an event once, and the same bytes go to every stream. What comes within a few milliseconds goes in one write.
 */
export interface Hub {
  /**
   * Takes a reader that has everything up to `reader.after` in, and gives it the rest; false when it is too far
   * behind for the tail, and must read on from the store first.
   */
  join(reader: LiveReader): boolean;
  /** Begins to follow the log, if nobody has been here yet. */
  start(): Promise<void>;
  leave(reader: LiveReader): void;
  /** Whether a reader that has everything up to `after` may join. */
  reaches(after: Seq): boolean;
  /** Looks into the tail, for a cursor. */
  find(id: string): Entry | undefined;
  /** What the scope has after `after`, if the tail goes back that far. */
  since(after: Seq, scope: Scope): readonly Framed[] | undefined;
}

export function createHub(bridge: Bridge): Hub {
  const readers = createReaders<LiveReader>();
  let tail: Tail | undefined;
  let starting: Promise<void> | undefined;
  let flushedSeq = 0 as Seq;
  const batches = createBatches(flush);

  /** With the first stream; from then on the tail is kept for those who come back. */
  function start(): Promise<void> {
    starting ??= bridge.store.lastSeq().then((seq) => {
      flushedSeq = seq;
      tail = createTail(seq);
      void followAll(seq);
    });
    return starting;
  }

  async function followAll(after: Seq): Promise<void> {
    const failure = await readAll(bridge, after, batches.add);
    batches.close();
    [starting, tail] = [undefined, undefined];
    for (const reader of readers.all()) expel(reader, failure);
  }

  function flush(entries: readonly Entry[]): void {
    const batch = entries.map(toFramed);
    flushedSeq = entries.at(-1)?.seq ?? flushedSeq;
    tail?.push(batch, bridge.clock.now());
    for (const [channel, framed] of Map.groupBy(batch, ({ entry }) => entry.channel)) {
      const chunk = chunkOf(framed);
      for (const reader of readers.of(channel)) deliver(reader, framed, chunk);
    }
    for (const reader of readers.wide()) {
      const framed = batch.filter(({ entry }) => inScope(reader.scope, entry.channel));
      if (framed.length > 0) deliver(reader, framed, chunkOf(framed));
    }
  }

  function deliver(reader: LiveReader, framed: readonly Framed[], chunk: Chunk): void {
    const canTakeMore = writeNews(reader, framed, chunk);
    reader.after = Math.max(reader.after, flushedSeq) as Seq;
    if (!canTakeMore) expel(reader);
  }

  function expel(reader: LiveReader, failure?: unknown): void {
    readers.remove(reader);
    reader.onLeft(failure);
  }

  return {
    start,
    join(reader) {
      const missed = tail?.since(reader.after, reader.scope);
      if (missed === undefined) return false;
      readers.add(reader);
      if (missed.length > 0) deliver(reader, missed, chunkOf(missed));
      return true;
    },
    leave: (reader) => readers.remove(reader),
    reaches: (after) => tail?.reaches(after) ?? false,
    find: (id) => tail?.find(id),
    since: (after, scope) => tail?.since(after, scope),
  };
}

const toFramed = (entry: Entry): Framed => ({ entry, frame: Buffer.from(entryFrame(entry), "latin1") });

const chunkOf = (framed: readonly Framed[]): Chunk => toChunk(framed.map(({ frame }) => frame));

/** Reads the log until the bridge closes, or until it cannot be read: then, why. */
async function readAll(bridge: Bridge, after: Seq, onPage: (page: readonly Entry[]) => void): Promise<unknown> {
  const caller = { principal: localOperator, signal: () => new AbortController().signal };
  try {
    for await (const page of bridge.follow(everything, after, caller)) onPage(page);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Writes `chunk`, which is all of `framed`, or the part of it that the reader did not have when it joined. */
function writeNews(reader: LiveReader, framed: readonly Framed[], chunk: Chunk): boolean {
  if (reader.after < (framed[0]?.entry.seq ?? 0)) return reader.write(chunk);
  const news = framed.filter(({ entry }) => entry.seq > reader.after);
  return news.length === 0 || reader.write(chunkOf(news));
}
