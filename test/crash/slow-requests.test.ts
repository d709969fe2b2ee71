import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { extent, isLong, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, sendFirst, sendMany } from "./load.ts";
import { cleanUp, type Relay, startRelay, temporaryFolder } from "./relay.ts";
import { closeReaders, expectWhole, readStream } from "./stream-reader.ts";

const socketCount = 200;
const timeout = 30_000;
const channel = "demo:served";
/** A byte now and then keeps a naive server waiting for ever. */
const everyMs = 100;

let sockets: Socket[] = [];
let dribbling: NodeJS.Timeout | undefined;
afterEach(() => {
  clearInterval(dribbling);
  for (const socket of sockets) socket.destroy();
  sockets = [];
});
afterEach(closeReaders);
afterEach(cleanUp);

/** Opens connections that say `start` and then one `byte` after another, and what they are told. */
async function attack({ port }: Relay, start: string, byte: string): Promise<readonly { told: string }[]> {
  const answers = Array.from({ length: socketCount }, () => ({ told: "" }));
  for (const answer of answers) {
    const socket = connect(port, "127.0.0.1", () => socket.write(start));
    socket.on("data", (piece) => (answer.told += piece.toString("latin1"))).on("error", () => {});
    sockets.push(socket);
  }
  dribbling = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write(byte);
  }, everyMs);
  await expect.poll(() => sockets.every(({ connecting }) => !connecting), { timeout }).toBe(true);
  return answers;
}

describe(`${socketCount} connections that send`, () => {
  it.each([
    { name: "their heads", start: "GET /status HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", byte: "x" },
    {
      name: "their bodies",
      start:
        "POST /api/send HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n",
      byte: " ",
    },
    { name: "nothing", start: "", byte: "" },
  ])(
    "$name byte by byte do not keep others from being served",
    async ({ name, start, byte }) => {
      const relay = await startRelay({ folder: temporaryFolder() });
      const answers = await attack(relay, start, byte);
      const since = await sendFirst(relay.url, channel);
      const reader = readStream({ url: () => relay.url, path: `/events/channel/${channel}`, since });
      const writers = createWriters(8, () => channel);
      await Promise.all(writers.map((writer) => sendMany(writer, { url: () => relay.url }, extent(20, 500))));
      await expect.poll(() => reader.keys.length, { timeout }).toBe(countAcknowledged(writers));
      await expectKept(relay.url, writers);
      expectWhole(reader, writers);
      if (!isLong) return;

      await expect.poll(() => sockets.every(({ closed }) => closed), { timeout: 60_000 }).toBe(true);
      const toldWhy = answers.filter(({ told }) => told.startsWith("HTTP/1.1 408 ")).length;
      report(`slow requests: ${name}`, { socketCount, toldWhy, residentMb: relay.residentMb() });
    },
    extent(60_000, 120_000),
  );
});
