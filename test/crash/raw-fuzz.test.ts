import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bin } from "../real-clients/product.ts";
import { post } from "../support/face.ts";
import { openStream } from "../support/stream.ts";
import { extent, report } from "./extent.ts";
import { type MeasuredRelay, startMeasuredRelay } from "./memory.ts";
import { exchange, statusesIn } from "./raw-exchange.ts";
import { frames, requests, resumes } from "./raw-requests.ts";
import { cleanUp, temporaryFolder } from "./relay.ts";

const cases = extent(1000, 10_000);
/** Connections at a time. */
const together = 25;
/** What may stay of all cases together, in MB: messages of theirs in caches, no more. */
const mostGrowthMb = 40;

let relay: MeasuredRelay;
let before = 0;

beforeAll(async () => {
  relay = await startMeasuredRelay(temporaryFolder());
  await Promise.all(fc.sample(requests, 100).map((request) => exchange(relay.port, request)));
  before = await relay.heldMb();
});
afterAll(cleanUp);

/** Every answer is one of ours, and no fault of ours. */
async function expectAnswered(all: readonly Uint8Array[]): Promise<void> {
  const answers = await Promise.all(all.map((request) => exchange(relay.port, request)));
  const faults = answers.filter((answer) => statusesIn(answer).some((status) => status >= 500));
  expect(faults).toEqual([]);
}

const batchesOf = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: together, maxLength: together });
const runs = { numRuns: Math.ceil(cases / together) };
const timeout = extent(60_000, 600_000);

/** A frame as an HTTP request that is itself in order. */
function posted(target: string, body: Buffer): Buffer {
  const head = `POST ${target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

describe(`${cases} cases of bytes that come from anywhere`, () => {
  it("as requests are answered or refused", { timeout }, async () => {
    await fc.assert(fc.asyncProperty(batchesOf(requests), expectAnswered), runs);
  });

  it("as cursors of a live stream are answered or refused", { timeout }, async () => {
    await fc.assert(fc.asyncProperty(batchesOf(resumes), expectAnswered), runs);
  });

  it("as JSON-RPC over HTTP are answered or refused", { timeout }, async () => {
    const posts = frames.map((frame) => posted("/mcp", frame));
    await fc.assert(fc.asyncProperty(batchesOf(posts), expectAnswered), runs);
  });

  it("as JSON-RPC in a session over HTTP+SSE are answered or refused", { timeout }, async () => {
    const session = await openStream(`${relay.url}/sse`);
    const body = session.response.body?.getReader();
    const text = new TextDecoder().decode((await body?.read())?.value);
    const [, target = ""] = /^data: (\S+)/m.exec(text) ?? [];
    expect(target).toContain("session_id=");
    const reading = (async () => {
      while ((await body?.read())?.done === false);
    })().catch(() => undefined);
    await fc.assert(
      fc.asyncProperty(batchesOf(frames), (some) => expectAnswered(some.map((frame) => posted(target, frame)))),
      runs,
    );
    session.close();
    await reading;
  });

  it("as JSON-RPC on stdin do not end the server, which then works as ever", { timeout }, async () => {
    const args = [bin, "--stdio", "--db", join(temporaryFolder(), "bridge.db")];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    const exited = once(child, "exit");
    try {
      const lines = createInterface({ input: child.stdout });
      const answered = new Promise<string>((resolve) =>
        lines.on("line", (line) => line.includes('"id":"the last"') && resolve(line)),
      );
      for (const frame of fc.sample(frames, cases)) child.stdin.write(Buffer.concat([frame, Buffer.from("\n")]));
      const last = { jsonrpc: "2.0", id: "the last", method: "ping" };
      child.stdin.write(`${JSON.stringify(last)}\n`);
      expect(JSON.parse(await answered)).toMatchObject({ id: "the last" });
      child.stdin.end();
      expect(await exited).toEqual([0, null]);
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("leave nothing behind but messages: no stream, no wait, no fault in the log, no memory", async () => {
    const state = async () => (await (await fetch(`${relay.url}/api/state`)).json()) as object;
    await expect.poll(state, { timeout: 20_000 }).toMatchObject({ sse_subscribers: 0, open_waits: 0 });
    // Some were near enough to requests to be taken for one, and to store something.
    const sent = await post(`${relay.url}/api/send`, { channel: "fuzz", sender: "a", content: "after it" });
    expect(((await sent.json()) as { seq: number }).seq).toBeGreaterThan(10);
    const grownMb = (await relay.heldMb()) - before;
    report("fuzz", { casesOfEach: cases, grownMb, residentMb: relay.residentMb() });
    expect(grownMb).toBeLessThan(mostGrowthMb);
    expect(await relay.kill("SIGTERM")).toBe(0);
    expect(relay.stderr()).toBe("");
  });
});
