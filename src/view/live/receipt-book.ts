import type { Receipt } from "../../client/index.ts";
import { createRecentMap } from "../../core/recent-map.ts";

/** The latest known receipts of the messages that were seen lately. */
export interface ReceiptBook {
  /** The same array while nothing changes. */
  of(id: string): readonly Receipt[];
  /** Takes it for the latest: receipts come in the order of their changes. */
  put(receipt: Receipt): void;
}

/** More messages than a list holds. */
const mostMessages = 30_000;
const none: readonly Receipt[] = [];

export function createReceiptBook(): ReceiptBook {
  const byMessage = createRecentMap<readonly Receipt[]>(mostMessages);
  return {
    of: (id) => byMessage.get(id) ?? none,
    put(receipt) {
      const known = byMessage.get(receipt.messageId) ?? none;
      const others = known.filter(({ agent }) => agent !== receipt.agent);
      byMessage.set(receipt.messageId, [...others, receipt]);
    },
  };
}
