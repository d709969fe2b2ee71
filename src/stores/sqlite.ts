import { type Clock, systemClock } from "../core/clock.ts";
import { defaultCaps } from "../core/limits.ts";
import type { ChannelName, Draft } from "../core/message.ts";
import type { Epoch } from "../core/message-id.ts";
import type { Store } from "../core/store.ts";
import { storeClosed } from "./refusals.ts";
import { prepareAgents } from "./sqlite/agents.ts";
import { prepareAppend } from "./sqlite/append.ts";
import { prepareAuditReader, prepareAuditWriter } from "./sqlite/audit.ts";
import { createBallast } from "./sqlite/ballast.ts";
import { prepareClear } from "./sqlite/clear.ts";
import { prepareCursors } from "./sqlite/cursors.ts";
import { healthOf } from "./sqlite/health.ts";
import { createIndexPace } from "./sqlite/index-pace.ts";
import { prepareLogFile } from "./sqlite/log-file.ts";
import { prepareLedger } from "./sqlite/ledger.ts";
import { maxLogBytes, openDatabase, type OpenOptions } from "./sqlite/open-database.ts";
import { watchOtherWriters } from "./sqlite/other-writers.ts";
import { prepare } from "./sqlite/prepare.ts";
import { preparePrune } from "./sqlite/prune.ts";
import { prepareSweep } from "./sqlite/sweep.ts";
import { prepareReader } from "./sqlite/reader.ts";
import { prepareReceiptReader } from "./sqlite/receipt-reader.ts";
import { createReceiptStore } from "./sqlite/receipt-store.ts";
import { prepareReceiptWriter } from "./sqlite/receipts.ts";
import { prepareAmend, prepareRecords, prepareRegistryVersion } from "./sqlite/registry.ts";
import { prepareRestore } from "./sqlite/restore.ts";
import { prepareSummaries } from "./sqlite/summaries.ts";
import { prepareSearch } from "./sqlite/search.ts";
import { createUpkeep } from "./sqlite/upkeep.ts";
import { prepareVacuum } from "./sqlite/vacuum.ts";
import { createWriter } from "./sqlite/writer.ts";
import { watchVersion } from "./sqlite/watch-version.ts";
import { createWatchers } from "./watchers.ts";

export interface SqliteOptions extends OpenOptions {
  readonly clock?: Clock;
  /** Looked at with every new channel, so that it may change. */
  readonly maxChannels?: () => number;
  /** How many messages wait to be indexed at once; until then searches read them. */
  readonly indexBatch?: number | undefined;
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
  indexBatch,
  ...options
}: SqliteOptions): Promise<Store> {
  const { database, path, isInMemory, sharedPath } = await openDatabase(options);
  const { epoch } = prepare<{ epoch: Epoch }>(database, "SELECT epoch FROM bridge").get() ?? { epoch: "" };
  const audit = prepareAuditWriter(database, clock);
  const auditReader = prepareAuditReader(database);
  const records = prepareRecords(database);
  const amend = prepareAmend(database);
  const receipts = prepareReceiptWriter(database, { epoch, clock });
  const receiptReader = prepareReceiptReader(database, epoch);
  const agents = prepareAgents(database);
  const append = prepareAppend(database, { epoch, clock, maxChannels, audit, receipts });
  const ballast = isInMemory ? undefined : createBallast(path, maxLogBytes);
  const sweep = prepareSweep(database, { clock, isSpaceNeeded: () => ballast?.isReleased() === true });
  const clear = prepareClear(database, { epoch, clock, sweep, audit });
  const restore = prepareRestore(database, { epoch, clock, audit, maxChannels });
  const prune = preparePrune(database, sweep);
  const cursors = prepareCursors(database, clock);
  const reader = prepareReader(database, epoch);
  const summaries = prepareSummaries(database);
  const watchers = createWatchers();
  const wake = (channels: Iterable<ChannelName>) => watchers.wake(channels);
  const registryWatch = watchVersion(prepareRegistryVersion(database));
  const receiptWatch = watchVersion(receiptReader.lastChange);
  const others =
    sharedPath === undefined
      ? undefined
      : watchOtherWriters({
          database,
          path: sharedPath,
          wake,
          onCommit() {
            registryWatch.look();
            receiptWatch.look();
          },
        });
  const { write, free, drain } = createWriter({
    database,
    openLedger: prepareLedger(database, maxChannels),
    reserve: ballast,
    onCommit({ firstSeq, lastSeq, touched }) {
      others?.weCommitted(firstSeq, lastSeq);
      wake(touched);
    },
  });
  const upkeep = createUpkeep({
    chores: [sweep, prepareVacuum(database)],
    write: free,
    logFile: prepareLogFile(database),
    ballast,
  });
  upkeep.start();
  const indexPace = createIndexPace(database, { clock, batch: indexBatch, write });
  indexPace.start();
  const search = prepareSearch(database, { epoch, assertOpen });
  let closing: Promise<void> | undefined;

  /** Async functions turn its throw into a rejection. */
  function assertOpen(): void {
    if (closing !== undefined) throw storeClosed();
  }

  async function close(): Promise<void> {
    await upkeep.close();
    await indexPace.close();
    await drain();
    others?.close();
    database.close();
    watchers.close();
  }

  return {
    epoch,

    async append(drafts) {
      assertOpen();
      const appended = await write((ledger) => drafts.map((draft) => append(ledger, draft)));
      if (drafts.some(hasReceipts)) receiptWatch.look();
      indexPace.count(drafts.length);
      return appended;
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

    async search(query, scope, before, limit) {
      assertOpen();
      return search(query, scope, before, limit);
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

    async clear(channel, by) {
      assertOpen();
      const cleared = await free((ledger) => clear(ledger, channel, by));
      upkeep.start();
      return cleared;
    },

    async restore(id, by) {
      assertOpen();
      return free((ledger) => restore(ledger, id, by));
    },

    async prune(before, limit) {
      assertOpen();
      for (;;) {
        const pruned = await free((ledger) => prune(ledger, before, limit));
        if (pruned !== undefined) {
          upkeep.start();
          indexPace.start();
          return pruned;
        }
        await upkeep.settled();
        assertOpen();
      }
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

    registry: {
      async records() {
        assertOpen();
        return records();
      },
      async amend(changes, events) {
        assertOpen();
        await write(() => {
          amend(changes);
          audit.record(events);
        });
        registryWatch.look();
      },
      watch: registryWatch.watch,
    },

    receipts: createReceiptStore({ assertOpen, write, writer: receipts, reader: receiptReader, changes: receiptWatch }),

    agents: {
      async list() {
        assertOpen();
        return agents.list();
      },
      async note(records) {
        assertOpen();
        await write(() => agents.note(records));
      },
      async forget(names) {
        assertOpen();
        await free(() => agents.forget(names));
      },
    },

    audit: {
      async rows(after, limit) {
        assertOpen();
        return auditReader.rows(after, limit);
      },
      async newest(limit) {
        assertOpen();
        return auditReader.newest(limit);
      },
      async record(events) {
        assertOpen();
        await write(() => audit.record(events));
      },
      async verify() {
        assertOpen();
        return auditReader.verify();
      },
      async prune(before, limit) {
        assertOpen();
        return free(() => audit.prune(before, limit));
      },
    },

    ...(isInMemory ? {} : { health: () => healthOf(path) }),

    close() {
      closing ??= close();
      return closing;
    },
  };
}

const hasReceipts = ({ addressees, answers }: Draft) => addressees !== undefined || answers !== undefined;
