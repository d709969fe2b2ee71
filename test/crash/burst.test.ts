import { afterEach, describe, expect, it } from "vitest";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, sendFirst, sendMany } from "./load.ts";
import { cleanUp, startRelay, temporaryFolder } from "./relay.ts";
import { closeReaders, expectWhole, readStream } from "./stream-reader.ts";

const writerCount = 40;
const perWriter = extent(100, 1500);
const timeout = extent(30_000, 60_000);

afterEach(closeReaders);
afterEach(cleanUp);

describe(`a burst of ${writerCount} writers with ${perWriter} messages each`, () => {
  it(
    "reaches the reader of each channel, and of all of them, whole, once and in order",
    async () => {
      const relay = await startRelay({ folder: temporaryFolder() });
      const url = () => relay.url;
      const writers = createWriters(writerCount, (n) => `burst:${n}`);
      const firsts: string[] = [];
      for (const { channel } of writers) firsts.push(await sendFirst(relay.url, channel));
      const ofAll = readStream({ url, path: "/events?channels=burst:*", since: firsts.at(-1) ?? "" });
      const own = writers.map(({ channel }, n) =>
        readStream({ url, path: `/events/channel/${channel}`, since: firsts[n] ?? "" }),
      );
      await expect.poll(() => [ofAll, ...own].every(({ isOpen }) => isOpen), { timeout }).toBe(true);

      const begun = performance.now();
      await Promise.all(writers.map((writer) => sendMany(writer, { url, bytes: 300 }, perWriter)));
      const sent = performance.now();
      const total = countAcknowledged(writers);
      expect(total).toBe(writerCount * perWriter);
      await expect.poll(() => ofAll.keys.length, { timeout }).toBe(total);
      await expect.poll(() => own.every(({ keys }) => keys.length === perWriter), { timeout }).toBe(true);
      const delivered = performance.now();

      expectWhole(ofAll, writers);
      for (const [n, reader] of own.entries()) {
        expect(reader.keys).toEqual([...(writers[n]?.acknowledged.keys() ?? [])]);
        expect(reader.connections).toBe(1);
      }
      await expectKept(relay.url, writers);
      const seconds = (sent - begun) / 1000;
      report("burst", { sentPerSecond: Math.round(total / seconds), deliveredMsLater: Math.round(delivered - sent) });
    },
    extent(60_000, 240_000),
  );
});
