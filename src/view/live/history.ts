import type { Receipt, ReceivedMessage } from "../../client/index.ts";

/** Where to read on: the id of a message, or what a page gave as `next`. */
export type Place = string | number;

export interface HistoryPage {
  /** In the order of the log. */
  readonly messages: readonly ReceivedMessage[];
  readonly receipts: readonly Receipt[];
  /** What to ask for the page further on in the same direction; undefined where there is none. */
  readonly next: Place | undefined;
}

/** The messages of a list that were there before it was opened. */
export interface History {
  /** The newest, or those before the place that a page gave as `next`, or before and with the message of the id. */
  readonly before: (place: Place | undefined, signal: AbortSignal) => Promise<HistoryPage>;
  readonly upTo: (id: string, signal: AbortSignal) => Promise<HistoryPage>;
  /** The oldest after the message of the id, or after a page's `next`. */
  readonly after: (place: Place, signal: AbortSignal) => Promise<HistoryPage>;
  /** Whether a message that comes belongs to the list. */
  includes(message: ReceivedMessage, receipts: readonly Receipt[]): boolean;
  /** Whether what happens to the channel is to be seen in the list. */
  covers(channel: string): boolean;
}
