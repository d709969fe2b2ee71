import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { json } from "../support/face.ts";
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

/** Reads a page and acknowledges its last message; a call that fails is made again, as clients do. */
async function consume(consumer: Consumer, isOver: () => boolean): Promise<void> {
  const { channel, name } = consumer;
  while (!isOver()) {
    try {
      const query = new URLSearchParams({ channel, consumer_id: name, limit: "20" });
      const page = await (await fetch(`${url()}/api/messages?${query}`)).json();
      const last = (page as { messages: { id: string }[] }).messages.at(-1);
      if (last === undefined) continue;
      const body = JSON.stringify({ channel, consumer_id: name, message_id: last.id });
      const answer = await (await fetch(`${url()}/api/ack`, { method: "POST", headers: json, body })).json();
      consumer.acknowledgedSeq = (answer as { last_seq?: number }).last_seq ?? consumer.acknowledgedSeq;
    } catch {
      await pause(20);
    }
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
