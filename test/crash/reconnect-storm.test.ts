import { afterEach, describe, expect, it } from "vitest";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, keepSending, sendFirst, sendMany } from "./load.ts";
import { cleanUp, type Relay, startRelay, temporaryFolder } from "./relay.ts";
import { closeReaders, expectWhole, readStream } from "./stream-reader.ts";

afterEach(closeReaders);
afterEach(cleanUp);

const streams = extent(300, 5000);
const storms = extent(2, 5);
const missed = 20;
const writerCount = 4;
const channels = ["demo:a", "demo:b", "demo:c", "demo:d"] as const;
const timeout = extent(60_000, 120_000);

describe(`${streams} streams that are dropped at once`, () => {
  it(
    "all come back and get what they missed, after their network or the relay was gone",
    async () => {
      const folder = temporaryFolder();
      let relay: Relay = await startRelay({ folder });
      const url = () => relay.url;
      const writers = createWriters(writerCount, (n) => channels[n] ?? "");
      const firsts = await Promise.all(channels.map((channel) => sendFirst(relay.url, channel)));
      const readers = Array.from({ length: streams }, (_, n) => {
        const at = n % channels.length;
        const reader = readStream({ url, path: `/events/channel/${channels[at]}`, since: firsts[at] ?? "" });
        return { at, reader };
      });
      const areOpen = () => readers.every(({ reader }) => reader.isOpen);
      const areWhole = () =>
        readers.every(({ at, reader }) => reader.keys.length >= (writers[at]?.acknowledged.size ?? 0));
      await expect.poll(areOpen, { timeout }).toBe(true);

      let isOver = false;
      const writing = writers.map((writer) => keepSending(writer, { url }, () => isOver));
      let backMs = 0;
      for (let storm = 0; storm < storms; storm++) {
        const before = countAcknowledged(writers);
        await expect.poll(() => countAcknowledged(writers), { timeout }).toBeGreaterThan(before + missed);
        const dropped = performance.now();
        for (const { reader } of readers) reader.drop();
        await expect.poll(areOpen, { timeout }).toBe(true);
        backMs = Math.max(backMs, performance.now() - dropped);
      }
      isOver = true;
      await Promise.all(writing);
      await expect.poll(() => areOpen() && areWhole(), { timeout }).toBe(true);

      await relay.kill();
      relay = await startRelay({ folder, port: relay.port });
      const starts = performance.now();
      await Promise.all(writers.map((writer) => sendMany(writer, { url }, missed)));
      await expect.poll(() => areOpen() && areWhole(), { timeout }).toBe(true);
      const backAfterKillMs = Math.round(performance.now() - starts);

      for (const { at, reader } of readers) expectWhole(reader, writers.slice(at, at + 1));
      report("streams dropped at once", { streams, storms, backMs, backAfterKillMs, residentMb: relay.residentMb() });
    },
    extent(60_000, 400_000),
  );
});
