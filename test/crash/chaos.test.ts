import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeClient, connect } from "../../src/client/index.ts";
import { type Collected, collect } from "../support/collect.ts";
import { type Chaos, type ChaosProxy, startChaosProxy } from "./chaos-proxy.ts";
import { checkDatabase } from "./check-database.ts";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, keyIn, sendFirst, type Writer } from "./load.ts";
import { cleanUp, type Relay, startRelay, temporaryFolder } from "./relay.ts";

const writerCount = 8;
/** Messages of each writer; of what goes byte by byte, fewer. */
const perWriter = extent(5, 200);
const perWriterInSlices = extent(5, 40);
const channel = "demo:chaos";

let relay: Relay;
let proxy: ChaosProxy;
let readers: readonly Collected[] = [];

beforeEach(async () => {
  relay = await startRelay({ folder: temporaryFolder() });
});
afterEach(async () => {
  for (const reader of readers) await reader.leave();
  readers = [];
  await proxy.close();
  await cleanUp();
});

/** Tries again sooner than it would for a person, and gives up a dead connection sooner. */
const connectImpatiently = (url: string): BridgeClient =>
  connect({ url, answerMs: 2000, patienceMs: extent(50_000, 170_000), backoff: { firstMs: 20, mostMs: 200 } });

async function sendAll({ channel: to, sender, acknowledged }: Writer, bridge: BridgeClient, count: number) {
  for (let n = 0; n < count; n++) {
    const key = `${sender}/${n}`;
    const { id } = await bridge.send({ channel: to, sender, content: key.padEnd(200, ".") });
    acknowledged.set(key, id);
  }
}

/** What came, by the keys that the writers gave it. */
const keysOf = ({ contents }: Collected) => contents.map(keyIn);

const upTo = (most: number) => Math.ceil(Math.random() * most);
const faults = {
  latency: () => ({ kind: "latency", ms: upTo(20) }),
  slices: () => ({ kind: "slices" }),
  reset: () => ({ kind: "reset", afterBytes: upTo(10_000) }),
  "half-open": () => ({ kind: "half-open", afterBytes: upTo(10_000), forMs: upTo(100) }),
} as const satisfies Record<string, () => Chaos>;
const anyFault = () => (Object.values(faults)[upTo(4) - 1] ?? faults.reset)();

describe("between clients and the bridge", () => {
  it.each([
    { name: "latency", choose: faults.latency, each: perWriter },
    { name: "one byte at a time", choose: faults.slices, each: perWriterInSlices },
    { name: "resets", choose: faults.reset, each: perWriter },
    { name: "half-open connections", choose: faults["half-open"], each: perWriter },
    { name: "all of it", choose: anyFault, each: perWriterInSlices },
  ])(
    "$name loses nothing and doubles nothing",
    async ({ name, choose, each }) => {
      proxy = await startChaosProxy(relay.port, choose);
      const since = await sendFirst(relay.url, channel);
      const bridge = connectImpatiently(proxy.url);
      const scopes = [{ channels: [channel] }, { channels: [channel, "demo:other"] }, { patterns: ["demo:*"] }];
      readers = scopes.map((scope) => collect(bridge, { ...scope, after: since }));
      const writers = createWriters(writerCount, () => channel);
      await Promise.all(writers.map((writer) => sendAll(writer, bridge, each)));

      const total = countAcknowledged(writers);
      await expect
        .poll(() => readers.every(({ entries }) => entries.length >= total), { timeout: extent(30_000, 60_000) })
        .toBe(true);
      await expectKept(relay.url, writers);
      for (const reader of readers) {
        const keys = keysOf(reader);
        expect(reader.entries.map(({ kind }) => kind)).not.toContain("gap");
        expect(keys.toSorted()).toEqual(writers.flatMap(({ acknowledged }) => [...acknowledged.keys()]).toSorted());
        for (const { sender, acknowledged } of writers) {
          expect(keys.filter((key) => key.startsWith(`${sender}/`))).toEqual([...acknowledged.keys()]);
        }
      }
      for (const reader of readers) await reader.leave();
      report(`chaos: ${name}`, { messages: total, connections: proxy.connections, resets: proxy.resets });
      expect(await relay.kill("SIGTERM")).toBe(0);
      expect(relay.stderr()).toBe("");
      checkDatabase(relay.path);
    },
    extent(60_000, 180_000),
  );
});
