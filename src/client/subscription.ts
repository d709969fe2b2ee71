import type { BridgeError } from "./error.ts";
import type { NewsEntry, NewsWanted, ReceiptGap, ReceivedAgent, ReceivedReceipt } from "./news.ts";
import type { Gap } from "./place.ts";
import type { ReceivedClear, ReceivedMessage, ReceivedRestore } from "./received.ts";

/** What is to be read, and how much of what happens beside it: `receipts` of messages in it, and `agents` of the bridge. */
export interface Subscribe extends NewsWanted {
  /** Names, as they are. Together with `patterns` at most 64. */
  readonly channels?: readonly string[] | undefined;
  /** In which `*` stands for any run of characters. They can hold no comma. */
  readonly patterns?: readonly string[] | undefined;
  /** The id of the last entry that was handled, `beginning` for everything that is there, or `now`, the default. */
  readonly after?: string | undefined;
  /** Ends the subscription, without an error. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Calls what it is given when a try that is waited for should be made at once, such as when somebody asks for it. What
   * it returns undoes that.
   */
  readonly hurry?: ((retry: () => void) => () => void) | undefined;
  /** Is told of each change. What it throws ends the subscription. */
  readonly onState?: ((state: SubscriptionState) => void) | undefined;
}

/** An entry of the log, or where it has a gap. */
export type SubscriptionEntry = ReceivedMessage | ReceivedClear | ReceivedRestore | Gap;

/** All that a subscription may give. */
export type StreamEntry = SubscriptionEntry | NewsEntry;

/** What a subscription gives that was asked for this. */
export type EntryOf<Wanted extends Subscribe> =
  | SubscriptionEntry
  | (IsAsked<Wanted, "receipts"> extends true ? ReceivedReceipt | ReceiptGap : never)
  | (IsAsked<Wanted, "agents"> extends true ? ReceivedAgent : never);

/** Also where it is decided only when the program runs. */
type IsAsked<Wanted, Name extends "receipts" | "agents"> = Name extends keyof Wanted
  ? Wanted[Name] extends false | undefined
    ? false
    : true
  : false;

export type SubscriptionState =
  | { readonly kind: "connecting" }
  /** The bridge sends what there is, and what comes. */
  | { readonly kind: "live" }
  /** The connection broke, for this reason; the next try comes after so long. Nothing is lost meanwhile. */
  | { readonly kind: "retrying"; readonly afterMs: number; readonly error: BridgeError }
  /** By the caller, or by an error that no further try would mend. */
  | { readonly kind: "ended"; readonly error?: unknown };
