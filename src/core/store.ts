import type { Actor, AuditTrail } from "./audit.ts";
import type { BridgeError } from "./errors.ts";
import type { Epoch } from "./message-id.ts";
import type { ChannelName, Cleared, ConsumerId, Draft, Entry, Message, MessageId, Restored, Seq } from "./message.ts";
import type { AgentRecords } from "./agent-records.ts";
import type { Receipts } from "./receipts.ts";
import type { Registry } from "./registry.ts";
import type { Scope } from "./scope.ts";
import type { SearchPage } from "./search.ts";
import type { SearchQuery } from "./search-query.ts";

/**
 * What the bridge needs from a storage engine, and all it needs. Every engine passes the same suite:
 * `testing/store-contract.ts`.
 *
 * Entries are the only truth. `watch` is a hint that there may be something new to read; it carries no
 * payload, may ring twice, and may ring for nothing, but it never stays silent after a commit.
 */
export interface Store extends Log, Cursors {
  readonly registry: Registry;
  readonly audit: AuditTrail;
  readonly receipts: Receipts;
  readonly agents: AgentRecords;
  /** Optional, for an engine that writes to a disk of its own; without it nothing is known, and nothing is wrong. */
  health?(): Promise<StoreHealth>;
  /** Rejects later calls with `closing`, ends watches, releases files and sockets. Idempotent. */
  close(): Promise<void>;
}

export interface StoreHealth {
  readonly diskFreeBytes: number;
  /** Somebody should make room before messages are refused with `store_full`. */
  readonly diskIsLow: boolean;
}

export interface Log {
  /** Minted when the store was made; every message id carries it. */
  readonly epoch: Epoch;

  /**
   * Appends the drafts in order and durably, in one transaction with whatever else is being appended, and
   * answers for each: its message, or the reason why it was refused. A refused draft does not stop the others.
   * A draft whose idempotency key this sender has used in this channel gets the first message instead.
   *
   * @throws BridgeError `store_busy` or `store_full` when nothing of it could be committed.
   */
  append(drafts: readonly Draft[]): Promise<readonly Appended[]>;

  /** Entries of the scope after `after`, oldest first, at most `limit`. Empty when caught up. */
  read(scope: Scope, after: Seq, limit: number): Promise<readonly Entry[]>;

  /** The newest `limit` messages of the scope, oldest first. */
  tail(scope: Scope, limit: number): Promise<readonly Message[]>;

  /** How many messages the scope has after `after`. From counters: the cost does not grow with the answer. */
  remaining(scope: Scope, after: Seq): Promise<number>;

  /**
   * Messages of the scope before `before` that the query finds (`matcherOf` in `core/search.ts`), newest first, at most
   * `limit`. A message is found as soon as it is appended, and no more when it is deleted.
   */
  search(query: SearchQuery, scope: Scope, before: Seq, limit: number): Promise<SearchPage>;

  /** The entry with this id, also when the id was given by a bridge that this store was imported from. */
  find(id: MessageId): Promise<Entry | undefined>;

  /** The newest seq of the whole bridge; `beginning` when nothing was ever appended. */
  lastSeq(): Promise<Seq>;

  /** Channels that have messages, by name. From counters kept with the writes: never a scan. */
  channels(): Promise<readonly ChannelSummary[]>;

  /** How many channels have messages, and how many messages they have. */
  totals(): Promise<Totals>;

  /**
   * Deletes everything in the channel and appends one `Cleared`, atomically. For a channel that has no
   * messages nothing is appended: the answer is `undefined`. With `by` it says who did it, in the audit too.
   */
  clear(channel: ChannelName, by?: Actor): Promise<Cleared | undefined>;

  /**
   * Undoes the clear with the id `id`: its messages are in their places again, and one `Restored` is appended. Undefined
   * when it cannot be undone any more: it is longer ago than `undoMs`, it was undone, its channel was cleared or pruned
   * since, or its space was needed.
   */
  restore(id: MessageId, by?: Actor): Promise<Restored | undefined>;

  /**
   * Deletes the oldest entries of the log, up to the first that was accepted at or after `before` (ms since
   * the epoch), at most `limit` of them; returns how many. Less than `limit` means: done. A younger entry that a clear
   * took and its undo can bring back may count as the first, so that after a clock that was set back some stay longer.
   */
  prune(before: number, limit: number): Promise<number>;

  /** Calls `wake` after any commit in the scope, by any process. Returns the unsubscribe. */
  watch(scope: Scope, wake: () => void): () => void;
}

export interface Cursors {
  /** How far this consumer has acknowledged this channel. */
  cursor(consumer: ConsumerId, channel: ChannelName): Promise<Cursor | undefined>;
  /**
   * Moves the consumer's cursor in the entry's channel forward to that entry. Changes nothing if it is already
   * there or past; either way the answer is where it is now.
   *
   * @throws BridgeError `limit_reached` when a new cursor would be one too many.
   */
  advance(consumer: ConsumerId, to: Entry): Promise<Advanced>;
}

export interface Cursor {
  readonly seq: Seq;
  /** The entry that was acknowledged; it may have been deleted since. */
  readonly messageId: MessageId;
  /** Milliseconds since the Unix epoch. */
  readonly updatedAt: number;
}

export interface Advanced {
  readonly cursor: Cursor;
  readonly advanced: boolean;
}

export type Appended =
  | {
      readonly kind: "appended";
      readonly message: Message;
      /** False when an idempotent retry was given the earlier message. */
      readonly isNew: boolean;
    }
  | { readonly kind: "refused"; readonly error: BridgeError };

export interface ChannelSummary {
  readonly channel: ChannelName;
  readonly messages: number;
  readonly lastAcceptedAt: number;
  /** In order of their names, at most `maxListedSenders`. */
  readonly senders: readonly string[];
}

export interface Totals {
  readonly channels: number;
  readonly messages: number;
}
