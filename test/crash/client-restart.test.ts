import { afterEach, describe, expect, it } from "vitest";
import { type BridgeClient, connect } from "../../src/client/index.ts";
import { type Collected, collect } from "../support/collect.ts";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, keyIn, sendFirst, type Writer } from "./load.ts";
import { cleanUp, type Relay, startRelay, temporaryFolder } from "./relay.ts";

const rounds = extent(2, 30);
const writerCount = 8;
const timeout = extent(30_000, 60_000);
const channels = ["demo:a", "demo:b"] as const;

let readers: readonly Collected[] = [];
afterEach(async () => {
  for (const reader of readers) await reader.leave();
  readers = [];
  await cleanUp();
});

describe("a client whose relay is killed and started again", () => {
  it(
    `goes on by itself: sends are stored once, subscriptions and waits miss nothing, ${rounds} times`,
    async () => {
      const folder = temporaryFolder();
      let relay: Relay = await startRelay({ folder });
      const backoff = { firstMs: 20, mostMs: 200 };
      const bridge = connect({ url: relay.url, patienceMs: timeout, backoff });
      const firsts = await Promise.all(channels.map((channel) => sendFirst(relay.url, channel)));
      const waiting = bridge.wait({ channel: "demo:quiet", sinceId: "beginning" });
      readers = [
        collect(bridge, { patterns: ["demo:*"] }),
        ...channels.map((channel, at) => collect(bridge, { channels: [channel], after: firsts[at] })),
      ];
      const areLive = () => readers.every(({ kinds }) => kinds.at(-1) === "live");
      await expect.poll(areLive, { timeout }).toBe(true);

      const writers = createWriters(writerCount, (n) => channels[n % 2] ?? "");
      const total = () => countAcknowledged(writers);
      let isOver = false;
      const writing = writers.map((writer) => keepSending(bridge, writer, () => isOver));
      for (let round = 0; round < rounds; round++) {
        const killAt = total() + 50 + Math.floor(Math.random() * 200);
        await expect.poll(total, { interval: 1, timeout }).toBeGreaterThanOrEqual(killAt);
        await relay.kill();
        relay = await startRelay({ folder, port: relay.port });
        await expect.poll(areLive, { timeout }).toBe(true);
      }
      isOver = true;
      await Promise.all(writing);
      await bridge.send({ channel: "demo:quiet", sender: "last", content: "last" });
      expect(await waiting).toMatchObject({ messages: [{ content: "last" }], timedOut: false });

      const [wide, ...narrow] = readers;
      await expect.poll(() => wide?.contents.at(-1), { timeout }).toBe("last");
      expectTaken(wide, writers, ["last"]);
      for (const [at, reader] of narrow.entries()) {
        const own = writers.filter(({ channel }) => channel === channels[at]);
        await expect.poll(() => reader.entries.length, { timeout }).toBeGreaterThanOrEqual(countAcknowledged(own));
        expectTaken(reader, own);
      }
      await expectKept(relay.url, writers);
      report("client over kill -9", { rounds, messages: total(), lost: 0, doubled: 0 });
    },
    extent(60_000, 600_000),
  );
});

async function keepSending(bridge: BridgeClient, writer: Writer, isOver: () => boolean): Promise<void> {
  const { channel, sender, acknowledged } = writer;
  while (!isOver()) {
    const key = `${sender}/${acknowledged.size}`;
    const { id } = await bridge.send({ channel, sender, content: key });
    acknowledged.set(key, id);
  }
}

/** Every message of the writers, once, in the order of the log, and nothing else but `more`. */
function expectTaken(reader: Collected | undefined, writers: readonly Writer[], more: readonly string[] = []): void {
  const sent = writers.flatMap(({ acknowledged }) => [...acknowledged.keys()]);
  expect(reader?.contents.map(keyIn).toSorted()).toEqual([...sent, ...more].toSorted());
  const seqs = reader?.entries.map((entry) => ("seq" in entry ? entry.seq : 0)) ?? [];
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
}
