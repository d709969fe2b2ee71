import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChannelName } from "../../core/message.ts";
import { createFakeClock, type FakeClock } from "../../testing/fake-clock.ts";
import { openSqliteStore } from "../sqlite.ts";
import { openDatabase } from "./open-database.ts";
import { prepareIndexing } from "./search-index.ts";
import { createTraffic, type Traffic } from "./traffic.ts";
import { createUpkeep, type Upkeep } from "./upkeep.ts";

const messages = 1000;
const mostWaiting = 500;
const flood = 1000;

describe("the upkeep of the index, with messages to index", () => {
  let folder: string;
  let clock: FakeClock;
  let database: DatabaseSync;
  let traffic: Traffic;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    const path = join(folder, "bridge.db");
    clock = createFakeClock();
    const store = await openSqliteStore({ path, clock, indexBatch: messages * 2 });
    const channel = "demo:worker" as ChannelName;
    await store.append(
      Array.from({ length: messages }, (_, at) => ({ channel, sender: "ann", content: `word ${at}` })),
    );
    await store.close();
    ({ database } = await openDatabase({ path }));
    traffic = createTraffic(clock);
  });

  afterEach(async () => {
    database.close();
    await rm(folder, { recursive: true });
  });

  const number = (sql: string) => Number(database.prepare(sql).get()?.["n"]);
  const behind = () => number("SELECT last_seq - indexed AS n FROM bridge CROSS JOIN search_state");
  const segments = () => number("SELECT COUNT(DISTINCT segid) AS n FROM search_index_idx");
  const chore = (most?: number) =>
    prepareIndexing(database, { isBusy: traffic.isBusy, batch: 10, ...(most && { mostWaiting: most }) });

  function upkeepOf(most?: number): Upkeep {
    return createUpkeep({
      chores: [chore(most)],
      isBusy: traffic.isBusy,
      async write(work) {
        database.exec("BEGIN IMMEDIATE");
        work();
        database.exec("COMMIT");
      },
    });
  }

  it("leaves it alone while senders are busy, and brings it up when they are not", async () => {
    const upkeep = upkeepOf();
    traffic.count(flood);
    await upkeep.settled();
    expect([behind(), segments()]).toEqual([messages, 0]);
    clock.advance(flood);
    await upkeep.settled();
    expect(behind()).toBe(0);
    await upkeep.close();
  });

  it("does not merge while senders are busy either", () => {
    const { isDue, work } = chore();
    work(Number.POSITIVE_INFINITY);
    expect([behind(), isDue()]).toEqual([0, true]);
    traffic.count(flood);
    expect(isDue()).toBe(false);
    clock.advance(flood);
    expect(isDue()).toBe(true);
  });

  it("does not forget what is gone while senders are busy either", () => {
    const { isDue, work } = chore();
    while (isDue()) work(Number.POSITIVE_INFINITY);
    database.exec("DELETE FROM entries WHERE seq <= 5");
    traffic.count(flood);
    expect(isDue()).toBe(false);
    clock.advance(flood);
    while (isDue()) work(Number.POSITIVE_INFINITY);
    expect(number("SELECT COUNT(*) AS n FROM search_gone")).toBe(0);
    expect(number("SELECT COUNT(*) AS n FROM search_index_docsize")).toBe(messages - 5);
  });

  it("goes on beside busy senders until less waits than is too much", async () => {
    const upkeep = upkeepOf(mostWaiting);
    traffic.count(flood);
    await upkeep.settled();
    expect(behind()).toBeLessThan(mostWaiting);
    await upkeep.close();
  });

  it("takes a few senders for quiet", async () => {
    const upkeep = upkeepOf();
    for (let at = 0; at < 20; at += 1, clock.advance(10)) traffic.count(1);
    await upkeep.settled();
    expect(behind()).toBe(0);
    await upkeep.close();
  });
});
