import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { checkDatabase } from "./check-database.ts";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, keepSending } from "./load.ts";
import { cleanUp, type Relay, startRelay, temporaryFolder } from "./relay.ts";

const rounds = extent(3, 50);
const writerCount = 64;
const consumerCount = 8;
const channels = ["demo:a", "demo:b", "demo:c", "demo:d"] as const;

let folder: string;
let relay: Relay;

beforeEach(async () => {
  folder = temporaryFolder();
  relay = await startRelay({ folder });
});
afterEach(cleanUp);

const url = () => relay.url;

/** A consumer that acknowledges what it reads, and knows how far it was told that it got. */
interface Consumer {
  readonly channel: string;
  readonly name: string;
  acknowledgedSeq: number;
}

/** Reads a page and acknowledges its last message, over and over; its client makes again the calls that fail. */
async function consume(consumer: Consumer, isOver: () => boolean): Promise<void> {
  const { channel, name: consumerId } = consumer;
  const bridge = connect({ url: relay.url, backoff: { firstMs: 20, mostMs: 200 } });
  while (!isOver()) {
    const { messages } = await bridge.messages({ channel, consumerId, limit: 20 });
    const messageId = messages.at(-1)?.id;
    if (messageId === undefined) continue;
    const { lastSeq } = await bridge.ack({ channel, consumerId, messageId });
    consumer.acknowledgedSeq = lastSeq;
  }
}

/** Every cursor stands on a message that is there, and no acknowledgement was forgotten. */
function expectCursors(consumers: readonly Consumer[]): void {
  const database = new DatabaseSync(relay.path, { readOnly: true });
  try {
    const ahead = "SELECT * FROM cursors WHERE seq NOT IN (SELECT seq FROM entries)";
    expect(database.prepare(ahead).all()).toEqual([]);
    const stored = new Map(
      database
        .prepare("SELECT consumer, seq FROM cursors")
        .all()
        .map(({ consumer, seq }) => [consumer, Number(seq)]),
    );
    expect(consumers.filter(({ name, acknowledgedSeq }) => (stored.get(name) ?? 0) < acknowledgedSeq)).toEqual([]);
  } finally {
    database.close();
  }
}

describe(`kill -9 of the relay under ${writerCount} writers`, () => {
  it(
    `loses no acknowledged message or acknowledgement, doubles none, keeps order, ${rounds} times`,
    async () => {
      const writers = createWriters(writerCount, (n) => channels[n % channels.length] ?? "");
      const consumers = Array.from({ length: consumerCount }, (_, n): Consumer => {
        return { channel: channels[n % channels.length] ?? "", name: `consumer-${n}`, acknowledgedSeq: 0 };
      });
      const total = () => countAcknowledged(writers);

      for (let round = 0; round < rounds; round++) {
        let isOver = false;
        const writing = writers.map((writer) => keepSending(writer, { url }, () => isOver));
        const consuming = consumers.map((consumer) => consume(consumer, () => isOver));
        const killAt = total() + 100 + Math.floor(Math.random() * 1000);
        await expect.poll(total, { interval: 1, timeout: 30_000 }).toBeGreaterThanOrEqual(killAt);
        await relay.kill();
        relay = await startRelay({ folder, port: relay.port });
        expectCursors(consumers);
        const afterRestart = total();
        await expect.poll(total, { timeout: 30_000 }).toBeGreaterThan(afterRestart + writerCount);
        isOver = true;
        await Promise.all([...writing, ...consuming]);
        await expectKept(relay.url, writers);
        expectCursors(consumers);
      }
      expect(await relay.kill("SIGTERM")).toBe(0);
      checkDatabase(relay.path);
      const acknowledgements = consumers.map(({ acknowledgedSeq }) => acknowledgedSeq);
      expect(Math.max(...acknowledgements)).toBeGreaterThan(0);
      report("kill -9", { rounds, acknowledged: total(), lost: 0, doubled: 0 });
    },
    extent(120_000, 900_000),
  );
});
