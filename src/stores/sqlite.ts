import { type Clock, systemClock } from "../core/clock.ts";
import { defaultCaps } from "../core/limits.ts";
import type { ChannelName } from "../core/message.ts";
import type { Epoch } from "../core/message-id.ts";
import type { Store } from "../core/store.ts";
import { storeClosed } from "./refusals.ts";
import { prepareAppend } from "./sqlite/append.ts";
import { prepareClear } from "./sqlite/clear.ts";
import { prepareCursors } from "./sqlite/cursors.ts";
import { prepareLedger } from "./sqlite/ledger.ts";
import { openDatabase, type OpenOptions } from "./sqlite/open-database.ts";
import { watchOtherWriters } from "./sqlite/other-writers.ts";
import { prepare } from "./sqlite/prepare.ts";
import { preparePrune } from "./sqlite/prune.ts";
import { prepareReader } from "./sqlite/reader.ts";
import { prepareSummaries } from "./sqlite/summaries.ts";
import { createWriter } from "./sqlite/writer.ts";
import { createWatchers } from "./watchers.ts";

export interface SqliteOptions extends OpenOptions {
  readonly clock?: Clock;
  /** Looked at with every new channel, so that it may change. */
  readonly maxChannels?: () => number;
}

/**
 * The default engine: one SQLite file, durable when it answers, and shared by any number of processes of the
 * machine. The schema and what always holds in it is in `sqlite/schema.ts`.
 *
 * @throws BridgeError `store_busy` when another process has the file for itself.
 * @throws Error that says what is wrong with the file, and what to do.
 */
export async function openSqliteStore({
  clock = systemClock,
  maxChannels = () => defaultCaps.maxChannels,
  ...options
}: SqliteOptions): Promise<Store> {
  const { database, sharedPath } = await openDatabase(options);
  const { epoch } = prepare<{ epoch: Epoch }>(database, "SELECT epoch FROM bridge").get() ?? { epoch: "" };
  const append = prepareAppend(database, { epoch, clock, maxChannels });
  const clear = prepareClear(database, epoch, clock);
  const prune = preparePrune(database);
  const cursors = prepareCursors(database, clock);
  const reader = prepareReader(database, epoch);
  const summaries = prepareSummaries(database);
  const watchers = createWatchers();
  const wake = (channels: Iterable<ChannelName>) => watchers.wake(channels);
  const others = sharedPath === undefined ? undefined : watchOtherWriters({ database, path: sharedPath, wake });
  const { write, drain } = createWriter({
    database,
    openLedger: prepareLedger(database, maxChannels),
    onCommit({ firstSeq, lastSeq, touched }) {
      others?.weCommitted(firstSeq, lastSeq);
      wake(touched);
    },
  });
  let closing: Promise<void> | undefined;

  /** Async functions turn its throw into a rejection. */
  function assertOpen(): void {
    if (closing !== undefined) throw storeClosed();
  }

  async function close(): Promise<void> {
    await drain();
    others?.close();
    database.close();
    watchers.close();
  }

  return {
    epoch,

    async append(drafts) {
      assertOpen();
      return write((ledger) => drafts.map((draft) => append(ledger, draft)));
    },

    async read(scope, after, limit) {
      assertOpen();
      return reader.read(scope, after, limit);
    },

    async tail(scope, limit) {
      assertOpen();
      return reader.tail(scope, limit);
    },

    async remaining(scope, after) {
      assertOpen();
      return reader.remaining(scope, after);
    },

    async find(id) {
      assertOpen();
      return reader.find(id);
    },

    async lastSeq() {
      assertOpen();
      return summaries.lastSeq();
    },

    async channels() {
      assertOpen();
      return summaries.channels();
    },

    async totals() {
      assertOpen();
      return summaries.totals();
    },

    async clear(channel) {
      assertOpen();
      return write((ledger) => clear(ledger, channel));
    },

    async prune(before, limit) {
      assertOpen();
      return write((ledger) => prune(ledger, before, limit));
    },

    async cursor(consumer, channel) {
      assertOpen();
      return cursors.read(consumer, channel);
    },

    async advance(consumer, to) {
      assertOpen();
      return write((ledger) => cursors.advance(ledger, consumer, to));
    },

    watch: watchers.watch,

    close() {
      closing ??= close();
      return closing;
    },
  };
}
