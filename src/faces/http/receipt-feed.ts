import { createBell } from "../../core/bell.ts";
import type { Bridge } from "../../core/bridge.ts";
import { receiptPageSize } from "../../core/limits.ts";
import type { ChannelName } from "../../core/message.ts";
import type { Receipt } from "../../core/receipt.ts";
import { inScope } from "../../core/scope.ts";
import { toWireReceipt } from "../../core/wire-receipt.ts";
import { type Chunk, toChunk } from "./event-chunk.ts";
import { frame } from "./event-frames.ts";
import type { Delivery } from "./event-listen.ts";
import { createReaders, type LiveReader } from "./event-readers.ts";

/** Its place is a change: it has every receipt of its scope as it was then. */
type ReceiptReader = LiveReader<number>;

/**
 * Delivers changes of receipts to the live streams of this node that asked for them. One reader follows them for all,
 * for as long as there is anybody: each is read once, made an event once, and the same bytes go to every stream.
 */
export interface ReceiptFeed extends Delivery<number> {
  /** Follows the changes at least until the returned function is called. */
  enter(): () => void;
  /** A page of changes as they would be delivered, for who is behind. */
  framed(page: readonly Receipt[]): readonly FramedReceipt[];
}

export interface FramedReceipt {
  readonly channel: ChannelName;
  readonly change: number;
  readonly frame: Buffer;
}

export const chunkOf = (receipts: readonly FramedReceipt[]): Chunk => toChunk(receipts.map(({ frame: bytes }) => bytes));

export function createReceiptFeed(bridge: Bridge): ReceiptFeed {
  const { epoch, receipts } = bridge.store;
  const readers = createReaders<ReceiptReader>();
  const bell = createBell();
  let users = 0;
  let isRunning = false;
  /** What has been passed on; nobody can be known to have it while nothing is followed. */
  let passedOn = Number.POSITIVE_INFINITY;

  const toFramed = (receipt: Receipt): FramedReceipt => {
    const { channel, change } = receipt;
    const text = frame("receipt", { ...toWireReceipt(epoch, receipt), change });
    return { channel, change, frame: Buffer.from(text, "latin1") };
  };

  function start(): void {
    if (isRunning) return;
    isRunning = true;
    void follow();
  }

  /** Watches, then reads, then waits: what is changed between is not missed. */
  async function follow(): Promise<void> {
    const unwatch = receipts.watch(bell.ring);
    try {
      passedOn = await receipts.lastChange();
      while (users > 0 && !bridge.isClosing()) {
        const page = await receipts.changes(passedOn, receiptPageSize);
        if (page.length > 0) deliver(page.map(toFramed));
        else await bell.wait();
      }
    } catch (error) {
      for (const reader of readers.all()) expel(reader, error);
    } finally {
      unwatch();
      passedOn = Number.POSITIVE_INFINITY;
      isRunning = false;
      for (const reader of readers.all()) expel(reader);
    }
  }

  function deliver(page: readonly FramedReceipt[]): void {
    passedOn = page.at(-1)?.change ?? passedOn;
    for (const [channel, framed] of Map.groupBy(page, (receipt) => receipt.channel)) {
      const chunk = chunkOf(framed);
      for (const reader of readers.of(channel)) give(reader, framed, chunk);
    }
    for (const reader of readers.wide()) {
      const framed = page.filter(({ channel }) => inScope(reader.scope, channel));
      if (framed.length > 0) give(reader, framed, chunkOf(framed));
    }
  }

  /** `chunk` is all of `framed`; of a reader that joined ahead of the feed, some of it may be had already. */
  function give(reader: ReceiptReader, framed: readonly FramedReceipt[], chunk: Chunk): void {
    const isAllNew = reader.after < (framed[0]?.change ?? 0);
    const news = isAllNew ? framed : framed.filter(({ change }) => change > reader.after);
    const canTakeMore = news.length === 0 || reader.write(isAllNew ? chunk : chunkOf(news));
    reader.after = Math.max(reader.after, passedOn);
    if (!canTakeMore) expel(reader);
  }

  function expel(reader: ReceiptReader, failure?: unknown): void {
    readers.remove(reader);
    reader.onLeft(failure);
  }

  return {
    framed: (page) => page.map(toFramed),
    enter() {
      users += 1;
      start();
      return () => {
        users -= 1;
        if (users === 0) bell.ring();
      };
    },
    join(reader) {
      start();
      if (reader.after < passedOn) return false;
      readers.add(reader);
      return true;
    },
    leave: (reader) => readers.remove(reader),
  };
}
