import { afterEach, describe, expect, it } from "vitest";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, sendFirst, sendMany } from "./load.ts";
import { startMeasuredRelay } from "./memory.ts";
import { cleanUp, temporaryFolder } from "./relay.ts";
import { closeReaders, expectWhole, readStream } from "./stream-reader.ts";

afterEach(closeReaders);
afterEach(cleanUp);

const stalledCount = extent(2, 10);
const perWriter = extent(150, 500);
const writerCount = 8;
const bytes = 65_536;
const timeout = extent(30_000, 120_000);
const channel = "demo:slow";
const path = `/events/channel/${channel}`;

/**
 * What the relay may hold then, in MB: the newest messages once for all, and a page for each reader. They are withheld
 * more than the system's buffers and this together can take.
 */
const mostMb = 30 + 5 * stalledCount;

describe("a reader that stops reading", () => {
  it(
    "costs a bound of memory, holds up nobody, and gets everything when it reads again",
    async () => {
      const relay = await startMeasuredRelay(temporaryFolder());
      const url = () => relay.url;
      const since = await sendFirst(relay.url, channel);
      const writers = createWriters(writerCount, () => channel);
      const total = () => countAcknowledged(writers);
      const readers = Array.from({ length: stalledCount + 1 }, () => readStream({ url, path, since }));
      const [healthy, ...stalled] = readers;
      await expect.poll(() => readers.every(({ isOpen }) => isOpen), { timeout }).toBe(true);
      // Some of it with everybody reading: what the relay needs anyway.
      await Promise.all(writers.map((writer) => sendMany(writer, { url, bytes }, 5)));
      await expect.poll(() => readers.every(({ keys }) => keys.length === total()), { timeout }).toBe(true);
      const before = await relay.heldMb();

      for (const reader of stalled) reader.pause();
      await Promise.all(writers.map((writer) => sendMany(writer, { url, bytes }, perWriter)));
      await expect.poll(() => healthy?.keys.length, { timeout }).toBe(total());
      const grownMb = (await relay.heldMb()) - before;
      const withheldMb = stalled.reduce((sum, { keys }) => sum + (total() - keys.length) * (bytes / 1e6), 0);
      expect(withheldMb).toBeGreaterThan((mostMb + 10) * stalledCount);
      expect(grownMb).toBeLessThan(mostMb);

      for (const reader of stalled) reader.resume();
      await expect.poll(() => stalled.every(({ keys }) => keys.length >= total()), { timeout }).toBe(true);
      for (const reader of readers) expectWhole(reader, writers);
      const connections = readers.reduce((sum, reader) => sum + reader.connections, 0);
      report("stalled readers", { stalledCount, withheldMb, grownMb, connections, residentMb: relay.residentMb() });
    },
    extent(60_000, 240_000),
  );
});
