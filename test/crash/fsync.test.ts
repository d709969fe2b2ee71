import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { extent, report } from "./extent.ts";
import { createWriters, sendMany } from "./load.ts";
import { cleanUp, startRelay, temporaryFolder } from "./relay.ts";
import { type Call, readTrace, straceTo, whyNoStrace } from "./strace.ts";

let excuse: string | undefined;
beforeAll(() => {
  excuse = whyNoStrace();
  if (excuse !== undefined) console.warn(`not shown that the log is synced before an answer: ${excuse}`);
}, 300_000);
afterEach(cleanUp);

const isRead = ({ name, succeeded }: Call) => /^(read|recv)/.test(name) && succeeded;
const isRequest = (call: Call) => isRead(call) && call.text.includes('"POST /api/send ');
const isAnswer = ({ name, text }: Call) => /^(write|send)/.test(name) && text.includes('"HTTP/1.1 200 ');
const isLog = ({ target }: Call) => target.endsWith("bridge.db-wal");
const isWritten = (call: Call) => isLog(call) && call.name.startsWith("pwrite") && call.succeeded;
const isSynced = (call: Call) => isLog(call) && /^f(data)?sync$/.test(call.name) && call.succeeded;

/** The answers for which no write to the log and then a sync of it lie between the request and them. */
function answeredTooEarly(calls: readonly Call[]) {
  const requestOn = new Map<string, Call>();
  const early: Call[] = [];
  let answers = 0;
  const log = calls.filter((call) => isWritten(call) || isSynced(call));
  for (const call of calls.toSorted((a, b) => a.begun - b.begun)) {
    // Its body may come after its head.
    if (isRequest(call) || (isRead(call) && requestOn.has(call.target))) requestOn.set(call.target, call);
    if (!isAnswer(call)) continue;
    const request = requestOn.get(call.target);
    if (request === undefined) continue;
    answers += 1;
    requestOn.delete(call.target);
    const between = log.filter(({ begun, ended }) => begun > request.ended && ended < call.begun);
    const written = between.find(isWritten);
    if (!between.some((sync) => isSynced(sync) && written !== undefined && sync.begun > written.ended))
      early.push(call);
  }
  return { answers, early, syncs: log.filter(isSynced).length };
}

describe("an acknowledgement", () => {
  it.for([
    { name: "one after another", count: 1, each: extent(50, 500) },
    { name: "16 at a time", count: 16, each: extent(25, 250) },
  ])("is written when the log has reached the disk: $name (seen with strace)", async ({ count, each }, { skip }) => {
    skip(excuse !== undefined, excuse);
    const folder = temporaryFolder();
    const trace = join(folder, "trace");
    const relay = await startRelay({ folder, through: straceTo(trace) });
    const writers = createWriters(count, (n) => `demo:${n}`);
    await Promise.all(writers.map((writer) => sendMany(writer, { url: () => relay.url }, each)));
    await relay.kill("SIGTERM");

    const { answers, early, syncs } = answeredTooEarly(readTrace(readFileSync(trace, "utf8")));
    expect(early).toEqual([]);
    expect(answers).toBe(count * each);
    report("fsync before acknowledgement", { writers: count, answers, syncs, early: early.length });
  });
});
