import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterEach, describe, expect, it } from "vitest";
import { bin } from "../real-clients/product.ts";
import { readToolText } from "../support/tool-text.ts";
import { checkDatabase } from "./check-database.ts";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, keepSending, sendFirst, type Writer } from "./load.ts";
import { cleanUp, type Relay, startRelay, temporaryFolder } from "./relay.ts";
import { closeReaders, expectWhole, readStream } from "./stream-reader.ts";

const rounds = extent(1, 10);
const writersEach = extent(8, 16);
const channels = ["demo:a", "demo:b", "demo:c"] as const;
const timeout = 30_000;

let clients: Client[] = [];
afterEach(closeReaders);
afterEach(async () => {
  for (const client of clients) await client.close();
  clients = [];
  await cleanUp();
});

/** A third process on the same file, as an agent starts it. */
async function openStdio(path: string): Promise<Client> {
  const client = new Client({ name: "test", version: "0" });
  clients.push(client);
  const args = [bin, "--stdio", "--db", path];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: "inherit" }));
  return client;
}

async function sendOverStdio(client: Client, { channel, sender, acknowledged }: Writer): Promise<void> {
  const key = `${sender}/${acknowledged.size}`;
  const message = { channel, sender, content: key, idempotency_key: key };
  const { content, isError } = await client.callTool({ name: "bridge_send", arguments: message });
  const text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
  expect([isError ?? false, text]).toEqual([false, expect.stringContaining("✓")]);
  acknowledged.set(key, readToolText("send", text).id ?? "");
}

describe("two relays and a stdio server on one file, under load", () => {
  it(
    "go on when one is killed, and nothing acknowledged is lost",
    async () => {
      const folder = temporaryFolder();
      const staying = await startRelay({ folder });
      let doomed: Relay = await startRelay({ folder });
      const stdio = await openStdio(staying.path);
      const first = await sendFirst(staying.url, "demo:a");
      const reader = readStream({ url: () => staying.url, path: "/events?channels=demo:*", since: first });

      const writers = createWriters(2 * writersEach + 1, (n) => channels[n % channels.length] ?? "");
      const toStaying = writers.slice(0, writersEach);
      const toDoomed = writers.slice(writersEach, -1);
      const overStdio = writers.slice(-1);
      let isOver = false;
      let isDown = false;
      /** Those of the killed relay turn to the other one until it is back. */
      const failOver = () => (isDown ? staying.url : doomed.url);
      const writing = [
        ...toStaying.map((writer) => keepSending(writer, { url: () => staying.url }, () => isOver)),
        ...toDoomed.map((writer) => keepSending(writer, { url: failOver }, () => isOver)),
        ...overStdio.map(async (writer) => {
          while (!isOver) await sendOverStdio(stdio, writer);
        }),
      ];

      for (let round = 0; round < rounds; round++) {
        const groups = [toStaying, toDoomed, overStdio];
        const counts = () => groups.map(countAcknowledged);
        const moreThan = (before: readonly number[], more: number) => () =>
          counts().every((count, at) => count > (before[at] ?? 0) + more);
        await expect.poll(moreThan(counts(), 50), { timeout }).toBe(true);
        await doomed.kill();
        isDown = true;
        await expect.poll(moreThan(counts(), 50), { timeout }).toBe(true);
        doomed = await startRelay({ folder, port: doomed.port });
        isDown = false;
      }
      isOver = true;
      await Promise.all(writing);

      await expectKept(staying.url, writers);
      await expectKept(doomed.url, writers);
      await expect.poll(() => reader.keys.length, { timeout }).toBeGreaterThanOrEqual(countAcknowledged(writers));
      expectWhole(reader, writers);
      report("two relays and stdio", { rounds, acknowledged: countAcknowledged(writers), lost: 0 });
      await stdio.close();
      expect([await doomed.kill("SIGTERM"), await staying.kill("SIGTERM")]).toEqual([0, 0]);
      expect([doomed.stderr(), staying.stderr()]).toEqual(["", ""]);
      checkDatabase(staying.path);
    },
    extent(90_000, 400_000),
  );
});
