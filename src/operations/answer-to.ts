import { createBell } from "../core/bell.ts";
import { isMessage, type Message, type Seq } from "../core/message.ts";
import { messageId } from "../core/message-id.ts";
import type { Context } from "../core/operation.ts";
import { hasEnded, type Receipt } from "../core/receipt.ts";
import { stopAfter } from "./stop-after.ts";

/** How far a question got, and its answer if there is one. */
export interface Outcome {
  readonly receipts: readonly Receipt[];
  readonly answer?: Message | undefined;
}

/** Returns with the answer, when nobody will give one any more, or when the time is over or the caller gone. */
export async function answerTo(
  seq: Seq,
  seconds: number,
  { store, signal }: Pick<Context, "store" | "signal">,
): Promise<Outcome> {
  const { receipts, epoch } = store;
  const timeout = stopAfter(seconds * 1000, signal());
  const bell = createBell();
  // Watches, then reads, then waits: what comes between is not missed.
  const unwatch = receipts.watch(bell.ring);
  timeout.signal.addEventListener("abort", bell.ring);
  try {
    let seen = await receipts.lastChange();
    for (;;) {
      const now = await receipts.of([seq]);
      const answered = now.find(({ answer }) => answer !== undefined);
      if (answered?.answer !== undefined) {
        const answer = await store.find(messageId(epoch, answered.answer));
        return { receipts: now, answer: answer !== undefined && isMessage(answer) ? answer : undefined };
      }
      if (timeout.signal.aborted || (now.length > 0 && now.every(({ state }) => hasEnded(state))))
        return { receipts: now };
      for (let isNew = false; !isNew && !timeout.signal.aborted;) {
        await bell.wait();
        const news = await receipts.newsOf(seq, seen);
        [seen, isNew] = [news.upTo, news.isNew];
      }
    }
  } finally {
    unwatch();
    timeout.cancel();
  }
}
