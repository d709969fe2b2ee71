import { createBell } from "../../core/bell.ts";
import type { Bridge } from "../../core/bridge.ts";
import { receiptPageSize } from "../../core/limits.ts";
import { inScope } from "../../core/scope.ts";
import type { Chunk } from "./event-chunk.ts";
import type { Delivery } from "./event-listen.ts";
import { createReaders, type LiveReader } from "./event-readers.ts";
import { chunkOf, type FramedReceipt, frameReceipt } from "./receipt-frames.ts";

/** Its place is a change: it has every receipt of its scope as it was then. */
type ReceiptReader = LiveReader<number>;

/**
 * Delivers changes of receipts to the live streams of this node that asked for them. One reader follows them for all,
 * for as long as there is anybody: each is read once, made an event once, and the same bytes go to every stream.
 */
export interface ReceiptFeed extends Delivery<number> {
  /** Follows the changes at least until the returned function is called. */
  enter(): () => void;
}

export function createReceiptFeed(bridge: Bridge): ReceiptFeed {
  const { epoch, receipts } = bridge.store;
  const audience = createAudience();
  const bell = createBell();
  let users = 0;
  let isRunning = false;

  function start(): void {
    if (isRunning) return;
    isRunning = true;
    const unwatch = receipts.watch(bell.ring);
    const stop = (failure?: unknown) => {
      unwatch();
      isRunning = false;
      audience.end(failure);
    };
    follow().then(() => stop(), stop);
  }

  /** Reads, then waits: what is changed between rings the bell. */
  async function follow(): Promise<void> {
    let place = await receipts.lastChange();
    audience.begin(place);
    while (users > 0 && !bridge.isClosing()) {
      const page = await receipts.changes(place, receiptPageSize);
      place = page.at(-1)?.change ?? place;
      if (page.length > 0) audience.deliver(page.map((receipt) => frameReceipt(epoch, receipt)));
      else await bell.wait();
    }
  }

  return {
    enter() {
      users += 1;
      return () => {
        users -= 1;
        if (users === 0) bell.ring();
      };
    },
    join(reader) {
      start();
      return audience.join(reader);
    },
    leave: audience.leave,
  };
}

interface Audience extends Delivery<number> {
  /** From here on everything is delivered. */
  begin(place: number): void;
  deliver(page: readonly FramedReceipt[]): void;
  end(failure: unknown): void;
}

function createAudience(): Audience {
  const readers = createReaders<ReceiptReader>();
  /** What was delivered; nobody is known to have it while nothing is followed. */
  let delivered = Number.POSITIVE_INFINITY;

  /** `chunk` is all of `framed`; of a reader that joined ahead of the feed, some of it may be had already. */
  function give(reader: ReceiptReader, framed: readonly FramedReceipt[], chunk: Chunk): void {
    const isAllNew = reader.after < (framed[0]?.change ?? 0);
    const news = isAllNew ? framed : framed.filter(({ change }) => change > reader.after);
    const canTakeMore = news.length === 0 || reader.write(isAllNew ? chunk : chunkOf(news));
    reader.after = Math.max(reader.after, delivered);
    if (!canTakeMore) expel(reader);
  }

  function expel(reader: ReceiptReader, failure?: unknown): void {
    readers.remove(reader);
    reader.onLeft(failure);
  }

  return {
    begin(place) {
      delivered = place;
    },
    deliver(page) {
      delivered = page.at(-1)?.change ?? delivered;
      for (const [channel, framed] of Map.groupBy(page, (receipt) => receipt.channel)) {
        const chunk = chunkOf(framed);
        for (const reader of readers.of(channel)) give(reader, framed, chunk);
      }
      for (const reader of readers.wide()) {
        const framed = page.filter(({ channel }) => inScope(reader.scope, channel));
        if (framed.length > 0) give(reader, framed, chunkOf(framed));
      }
    },
    end(failure) {
      delivered = Number.POSITIVE_INFINITY;
      for (const reader of readers.all()) expel(reader, failure);
    },
    join(reader) {
      if (reader.after < delivered) return false;
      readers.add(reader);
      return true;
    },
    leave: (reader) => readers.remove(reader),
  };
}
