import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { checkDatabase } from "./check-database.ts";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, keepSending, sendFirst } from "./load.ts";
import { cleanUp, startRelay, temporaryFolder } from "./relay.ts";
import { closeReaders, expectWhole, readStream } from "./stream-reader.ts";

afterEach(closeReaders);
afterEach(cleanUp);

/** How long the relay is stopped: the fault itself. */
const pausedMs = extent(2000, 10_000);
const channel = "demo:paused";

describe(`a relay that is stopped for ${pausedMs} ms under load (SIGSTOP)`, () => {
  it.skipIf(process.platform === "win32")(
    "loses nothing, doubles nothing, and its readers and waits go on",
    async () => {
      const relay = await startRelay({ folder: temporaryFolder() });
      const url = () => relay.url;
      const since = await sendFirst(relay.url, channel);
      const readers = [1, 2, 3].map(() => readStream({ url, path: `/events/channel/${channel}`, since }));
      const writers = createWriters(32, () => channel);
      const total = () => countAcknowledged(writers);
      const last = await sendFirst(relay.url, "demo:waited");
      const waiting = fetch(`${relay.url}/api/wait?channel=demo:waited&since_id=${last}&timeout_seconds=55`);

      let isOver = false;
      // They try again while the relay cannot answer, so that it finds requests of theirs more than once.
      const sending = { url, patienceMs: 1000 };
      const writing = writers.map((writer) => keepSending(writer, sending, () => isOver));
      await expect.poll(total, { timeout: 20_000 }).toBeGreaterThan(500);
      relay.signal("SIGSTOP");
      await pause(pausedMs);
      relay.signal("SIGCONT");
      const before = total();
      await expect.poll(total, { timeout: 20_000 }).toBeGreaterThan(before + 500);
      isOver = true;
      await Promise.all(writing);

      await expectKept(relay.url, writers);
      await expect.poll(() => readers.every(({ keys }) => keys.length >= total()), { timeout: 20_000 }).toBe(true);
      for (const reader of readers) expectWhole(reader, writers);
      await sendFirst(relay.url, "demo:waited");
      expect(await (await waiting).json()).toMatchObject({ timed_out: false });
      const connections = readers.map((reader) => reader.connections);
      expect(await relay.kill("SIGTERM")).toBe(0);
      checkDatabase(relay.path);
      report("SIGSTOP", { pausedMs, acknowledged: total(), connections });
    },
    extent(60_000, 90_000),
  );
});
