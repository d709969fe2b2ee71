import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { json, post } from "../support/face.ts";
import { checkDatabase } from "./check-database.ts";
import { extent, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, readAll, sendMany, type Writer } from "./load.ts";
import { cleanUp, endRelays, type Relay, startRelay, temporaryFolder } from "./relay.ts";

const rounds = extent(1, 5);
const writerCount = 8;
const bytes = 2000;
/** More than fit on the disk. */
const mostTries = 5000;

/** A disk that can be full. */
interface Disk {
  readonly relay: Relay;
  fill(): void;
  free(): void;
}

const mounted = new Set<string>();
afterEach(async () => {
  await endRelays();
  for (const folder of mounted) expect(spawnSync("umount", [folder]).status).toBe(0);
  mounted.clear();
  await cleanUp();
});

/** SQLite is told that its file may not grow; its log may. */
async function limitPages(): Promise<Disk> {
  const folder = temporaryFolder();
  const flag = join(folder, "full");
  const node = ["--import", join(import.meta.dirname, "page-limit.ts")];
  const relay = await startRelay({ folder, node, env: { BRIDGE_FULL: flag } });
  return { relay, fill: () => writeFileSync(flag, ""), free: () => rmSync(flag) };
}

/** A real file system, whose free space a file of another program takes. */
async function mountSmallDisk(): Promise<Disk> {
  const folder = join(temporaryFolder(), "disk");
  mkdirSync(folder);
  expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder]).status).toBe(0);
  mounted.add(folder);
  const filler = join(folder, "filler");
  const relay = await startRelay({ folder });
  const free = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    relay,
    // Some messages still fit.
    fill: () => writeFileSync(filler, Buffer.alloc(Math.max(0, free() - 500_000))),
    free: () => rmSync(filler),
  };
}

const mayMount = () => process.platform === "linux" && process.getuid?.() === 0;

/** Sends until there is no room, and answers with the refusal. */
async function sendUntilFull(url: string, { channel, sender, acknowledged }: Writer): Promise<Response> {
  for (let tries = 0; tries < mostTries; tries++) {
    const key = `${sender}/${acknowledged.size}`;
    const message = { channel, sender, content: key.padEnd(bytes, "."), idempotency_key: key };
    const response = await post(`${url}/api/send`, message);
    if (!response.ok) return response;
    acknowledged.set(key, ((await response.json()) as { id: string }).id);
  }
  throw new Error("the disk was never full");
}

async function expectRefusedAsFull(response: Response): Promise<void> {
  expect(response.status).toBe(507);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await response.json()).toMatchObject({ code: "store_full" });
}

const clear = async (url: string, channel: string) =>
  (await fetch(`${url}/api/clear`, { method: "POST", headers: json, body: JSON.stringify({ channel }) })).status;

async function expectReadable(url: string, writers: readonly Writer[]): Promise<void> {
  await expectKept(url, writers);
  for (const path of ["/api/state", "/api/channels", "/status"]) expect((await fetch(url + path)).status).toBe(200);
}

describe.each([
  { name: "SQLite may not grow its file", isPossible: true, make: limitPages },
  { name: "the disk is full (a tmpfs, for root on Linux)", isPossible: mayMount(), make: mountSmallDisk },
])("while $name", ({ isPossible, make }) => {
  it.skipIf(!isPossible)(
    "sends are refused with 507, all is readable, and space that comes back is used",
    async () => {
      const { relay, fill, free } = await make();
      const writers = createWriters(writerCount, (n) => `demo:${n}`);
      const sending = { url: () => relay.url, bytes };
      await Promise.all(writers.map((writer) => sendMany(writer, sending, 10)));
      await post(`${relay.url}/api/send`, { channel: "scratch", sender: "a", content: "x".repeat(100_000) });
      await expect.poll(() => existsSync(`${relay.path}-ballast`), { timeout: 5000 }).toBe(true);

      for (let round = 0; round < rounds; round++) {
        fill();
        const refusals = await Promise.all(writers.map((writer) => sendUntilFull(relay.url, writer)));
        for (const refusal of refusals) await expectRefusedAsFull(refusal);
        await expectReadable(relay.url, writers);
        // A delete is written to the log first: for that there is the ballast.
        expect(await clear(relay.url, "scratch")).toBe(200);
        report("disk full", { acknowledged: countAcknowledged(writers) });

        free();
        await Promise.all(writers.map((writer) => sendMany(writer, sending, 5)));
        expect(await clear(relay.url, "scratch")).toBe(200);
        expect(await readAll(relay.url, "scratch")).toEqual([]);
        await post(`${relay.url}/api/send`, { channel: "scratch", sender: "a", content: "x".repeat(100_000) });
      }
      await expectKept(relay.url, writers);
      expect(await relay.kill("SIGTERM")).toBe(0);
      expect(relay.stderr()).toBe("");
      checkDatabase(relay.path);
    },
    extent(60_000, 120_000),
  );
});
