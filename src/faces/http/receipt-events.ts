import type { Bridge } from "../../core/bridge.ts";
import { maxReceiptsMissed, receiptPageSize } from "../../core/limits.ts";
import { inScope } from "../../core/scope.ts";
import { textChunk } from "./event-chunk.ts";
import { frame } from "./event-frames.ts";
import { isOver, listen, type Listening } from "./event-listen.ts";
import type { ReceiptFeed } from "./receipt-feed.ts";
import { chunkOf, frameReceipt } from "./receipt-frames.ts";

/** Where the receipts of a stream begin, and what its reader must be told first. */
export interface ReceiptResume {
  readonly after: number;
  /** What was asked for, where this bridge has not come so far: it is another copy of the store. */
  readonly stale?: number;
}

/** Without a change to resume at, nothing old is sent. */
export async function resumeReceiptsAt(
  { store }: Pick<Bridge, "store">,
  asked: number | undefined,
): Promise<ReceiptResume> {
  const last = await store.receipts.lastChange();
  if (asked === undefined) return { after: last };
  return asked > last ? { after: last, stale: asked } : { after: asked };
}

/**
 * Writes receipts of messages in the scope from `resume` on, each as it is now and then as it changes, until the reader
 * or the bridge goes away.
 */
export async function streamReceipts(stream: Listening, feed: ReceiptFeed, resume: ReceiptResume): Promise<void> {
  const leave = feed.enter();
  try {
    if (resume.stale !== undefined) writeTruncated(stream, resume.stale, resume.after);
    let place: number | undefined = resume.after;
    while (place !== undefined) {
      const caughtUp: number | undefined = await catchUp(stream, place);
      place = caughtUp === undefined ? undefined : await listen(stream, feed, caughtUp);
    }
  } finally {
    leave();
  }
}

/** Who is too far behind is told so: reading everything again costs more than reading what one shows. */
function writeTruncated({ writer }: Listening, after: number, change: number): void {
  writer.write(textChunk(frame("receipts_truncated", { after, change })));
}

/** Reads from the store until there is nothing more; undefined when the reader or the bridge is gone. */
async function catchUp(stream: Listening, after: number): Promise<number | undefined> {
  const { scope, writer } = stream;
  const { store } = stream.bridge;
  let place = after;
  for (let looked = 0; !isOver(stream);) {
    await writer.drained();
    const last = await store.receipts.lastChange();
    const page = await store.receipts.changes(place, receiptPageSize);
    looked += page.length;
    place = page.at(-1)?.change ?? place;
    if (looked > maxReceiptsMissed) {
      writeTruncated(stream, after, last);
      return last;
    }
    const readable = page.filter(({ channel }) => inScope(scope, channel));
    if (readable.length > 0) writer.write(chunkOf(readable.map((receipt) => frameReceipt(store.epoch, receipt))));
    // What changed up to `last` and is not on the page went with its message.
    if (page.length < receiptPageSize) return Math.max(place, last);
  }
  return undefined;
}
