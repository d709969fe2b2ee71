import { EventSource } from "eventsource";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Chaos, type ChaosProxy, startChaosProxy } from "./chaos-proxy.ts";
import { checkDatabase } from "./check-database.ts";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, keyIn, sendFirst, sendMany } from "./load.ts";
import { cleanUp, type Relay, startRelay, temporaryFolder } from "./relay.ts";

const writerCount = 8;
/** Messages of each writer; of what goes byte by byte, fewer. */
const perWriter = extent(5, 200);
const perWriterInSlices = extent(5, 40);
const channel = "demo:chaos";

let relay: Relay;
let proxy: ChaosProxy;
let sources: EventSource[] = [];

beforeEach(async () => {
  relay = await startRelay({ folder: temporaryFolder() });
});
afterEach(async () => {
  for (const source of sources) source.close();
  sources = [];
  await proxy.close();
  await cleanUp();
});

/** The bridge leaves the pause before a client comes again to the client, which takes 3 s; the tests have no such time. */
async function comeAgainSoon(...request: Parameters<typeof fetch>): Promise<Response> {
  const { body, status, headers } = await fetch(...request);
  const retrySoon = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.from("retry: 30\n\n")),
  });
  return new Response(body?.pipeThrough(retrySoon) ?? null, { status, headers });
}

/** What an EventSource gets through the proxy, in the order in which it gets it. */
function openEventSource(since: string) {
  const keys: string[] = [];
  const stale: string[] = [];
  const url = `${proxy.url}/events/channel/${channel}?since_id=${since}`;
  const source = new EventSource(url, { fetch: (input, init) => comeAgainSoon(input, init as RequestInit) });
  sources.push(source);
  source.addEventListener("message", ({ data }) => {
    keys.push(keyIn((JSON.parse(String(data)) as { content: string }).content));
  });
  source.addEventListener("cursor_stale", ({ data }) => stale.push(String(data)));
  return { keys, stale };
}

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
      const readers = [1, 2, 3].map(() => openEventSource(since));
      const writers = createWriters(writerCount, () => channel);
      const sending = { url: () => proxy.url, bytes: 200, patienceMs: 2000 };
      await Promise.all(writers.map((writer) => sendMany(writer, sending, each)));

      const total = countAcknowledged(writers);
      await expect
        .poll(() => readers.every(({ keys }) => keys.length >= total), { timeout: extent(30_000, 60_000) })
        .toBe(true);
      await expectKept(relay.url, writers);
      for (const { keys, stale } of readers) {
        expect(stale).toEqual([]);
        expect(keys.toSorted()).toEqual(writers.flatMap(({ acknowledged }) => [...acknowledged.keys()]).toSorted());
        for (const { sender, acknowledged } of writers) {
          expect(keys.filter((key) => key.startsWith(`${sender}/`))).toEqual([...acknowledged.keys()]);
        }
      }
      report(`chaos: ${name}`, { messages: total, connections: proxy.connections, resets: proxy.resets });
      expect(await relay.kill("SIGTERM")).toBe(0);
      expect(relay.stderr()).toBe("");
      checkDatabase(relay.path);
    },
    extent(60_000, 180_000),
  );
});
