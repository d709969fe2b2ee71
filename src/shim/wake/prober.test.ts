import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { probeRestMs, probeWithinMs } from "../limits.ts";
import { createProber, type Prober, type ProbeResult } from "./prober.ts";
import type { WayName } from "./way.ts";

/** Time that passes when the test says so. */
const waiting = new Set<{ readonly ms: number; readonly act: () => void }>();
const timer = (ms: number, act: () => void) => {
  const entry = { ms, act };
  waiting.add(entry);
  return () => waiting.delete(entry);
};
async function pass(ms: number): Promise<void> {
  await expect.poll(() => Array.from(waiting, (entry) => entry.ms)).toContain(ms);
  for (const entry of waiting) if (entry.ms === ms) entry.act();
}

let now: number;
let isWorking: boolean;
let nudges: string[];
let results: (readonly [WayName, boolean])[];
let present: Set<WayName>;
let prober: Prober;
let stop: AbortController;

beforeEach(() => {
  waiting.clear();
  [now, isWorking, nudges, results] = [0, false, [], []];
  present = new Set<WayName>(["monitor", "hook"]);
  stop = new AbortController();
  const names = ["open-wait", "monitor", "inbox-socket", "hook"] as const;
  prober = createProber({
    ways: names.map((name) => ({
      name,
      worksOnce: name === "hook",
      isAvailable: () => present.has(name),
      nudge: async (text) => void nudges.push(text),
    })),
    timer,
    clock: { now: () => now },
    isWorking: () => isWorking,
    onResult: (way, isProved) => results.push([way, isProved]),
  });
});
afterEach(() => stop.abort());

async function nudged(count: number): Promise<void> {
  await expect.poll(() => nudges.length).toBe(count);
}
async function all(): Promise<readonly ProbeResult[]> {
  const found: ProbeResult[] = [];
  for await (const result of prober.run(stop.signal) ?? []) found.push(result);
  return found;
}
const of = async (probed: ReturnType<typeof all>, way: WayName) => (await probed).find((one) => one.way === way);

describe("a probe", () => {
  it("asks for a call by each way that is there, and takes the call for its proof", async () => {
    present.delete("hook");
    const probed = all();
    await nudged(1);
    now = 800;
    prober.called("whoami");
    expect(await probed).toEqual([
      { way: "open-wait", result: "unavailable" },
      { way: "monitor", result: "proved", ms: 800 },
      { way: "inbox-socket", result: "unavailable" },
      { way: "hook", result: "unavailable" },
    ]);
    expect(nudges).toEqual(["Probe of claude-bridge doctor: call bridge_whoami once, then go on. Way: monitor."]);
    expect(results).toEqual([["monitor", true]]);
  });

  it("calls a way silent when nothing came in its time, and tries the next", async () => {
    const probed = all();
    await pass(probeWithinMs);
    await nudged(2);
    prober.called("ping");
    expect(await of(probed, "monitor")).toEqual({ way: "monitor", result: "silent" });
    expect(await of(probed, "hook")).toMatchObject({ result: "proved" });
    expect(results).toEqual([
      ["monitor", false],
      ["hook", true],
    ]);
  });

  it("keeps what works once for when it is needed", async () => {
    const probed = all();
    await nudged(1);
    prober.called("whoami");
    expect(await of(probed, "hook")).toEqual({ way: "hook", result: "kept" });
    expect(nudges).toHaveLength(1);
  });

  it("does not end an open wait, and says that there is one", async () => {
    present = new Set<WayName>(["open-wait"]);
    expect(await of(all(), "open-wait")).toEqual({ way: "open-wait", result: "proved" });
    expect([nudges, results]).toEqual([[], [["open-wait", true]]]);
  });

  it("takes no other call of an agent that is at work for its answer", async () => {
    present = new Set<WayName>(["monitor"]);
    isWorking = true;
    const probed = all();
    await nudged(1);
    prober.called("send");
    await pass(probeWithinMs);
    expect(await of(probed, "monitor")).toEqual({ way: "monitor", result: "silent" });
  });

  it.each([
    ["the turn has ended", async () => prober.rested()],
    ["its end was not heard of in time", () => pass(probeRestMs)],
  ])("begins the next when %s", async (_, end) => {
    present = new Set<WayName>(["monitor", "inbox-socket"]);
    const probed = all();
    await nudged(1);
    prober.called("whoami");
    await expect.poll(() => Array.from(waiting, ({ ms }) => ms)).toEqual([probeRestMs]);
    prober.called("send");
    expect(nudges).toHaveLength(1);
    await end();
    await nudged(2);
    prober.called("whoami");
    expect(await of(probed, "inbox-socket")).toMatchObject({ result: "proved" });
  });

  it("goes on once at a time, and ends when nobody wants to know", async () => {
    const probed = all();
    await nudged(1);
    expect(prober.run(stop.signal)).toBeUndefined();
    stop.abort();
    await probed;
    expect([waiting.size, results]).toEqual([0, []]);
    expect(prober.run(stop.signal)).toBeDefined();
  });
});
