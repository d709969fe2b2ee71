import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gatherMs, proveWithinMs, togetherMs } from "../limits.ts";
import { createUnread, type Unread, type UnreadMessage } from "../unread.ts";
import { createWake, type Wake } from "./wake.ts";
import type { WayName } from "./way.ts";

/** Time that passes when the test says so. */
const waiting = new Set<{ readonly ms: number; readonly act: () => void }>();
const timer = (ms: number, act: () => void) => {
  const entry = { ms, act };
  waiting.add(entry);
  return () => waiting.delete(entry);
};
function pass(ms: number): void {
  for (const entry of Array.from(waiting).filter((one) => one.ms === ms)) {
    waiting.delete(entry);
    entry.act();
  }
}

/** However long what has come is kept for what may follow. */
function gather(): void {
  pass(togetherMs);
  pass(gatherMs);
}

let unread: Unread;
let wake: Wake;
let nudges: string[];
let proved: WayName[];
let present: Set<WayName>;

beforeEach(() => {
  waiting.clear();
  unread = createUnread();
  nudges = [];
  proved = [];
  present = new Set<WayName>(["monitor", "hook", "tool-line"]);
  const names = ["open-wait", "monitor", "inbox-socket", "hook", "tool-line"] as const;
  wake = createWake({
    ways: names.map((name) => ({
      name,
      isAvailable: () => present.has(name),
      nudge: async (text) => void nudges.push(`${name}: ${text}`),
    })),
    timer,
    stillUnread: (messages) => messages.filter(({ id }) => unread.has(id)),
    onProved: (way) => proved.push(way),
    onError: (error) => {
      throw error;
    },
  });
});
afterEach(() => wake.close());

let seq = 0;
function message(channel = "payments:worker"): UnreadMessage {
  const id = `m${++seq}`;
  return {
    id,
    seq,
    channel,
    sender: "mac",
    why: "addressed",
    timestamp: "",
    content: "hi",
    isCut: false,
    isQuiet: false,
  };
}
function arrive(...messages: UnreadMessage[]): readonly string[] {
  wake.arrived(unread.add(messages));
  return messages.map(({ id }) => id);
}
function read(ids: readonly string[]): void {
  if (unread.remove(ids)) wake.hasRead();
}

describe("what has come", () => {
  it("is told at once, and what follows before it was looked at with what comes beside it", () => {
    arrive(message());
    pass(togetherMs);
    expect(nudges).toHaveLength(1);
    arrive(message());
    pass(togetherMs);
    arrive(message());
    pass(togetherMs);
    expect(nudges).toHaveLength(1);
    pass(gatherMs);
    expect(nudges).toHaveLength(2);
  });

  it("is one nudge, however many messages come together, with where they are and not what they say", () => {
    arrive(message(), message());
    arrive(message("a:b"));
    gather();
    expect(nudges).toEqual(["monitor: 3 unread for you in payments:worker, a:b. Call bridge_receive."]);
  });

  it("is nudged for by the next way when the first brings nothing and never has", () => {
    arrive(message());
    gather();
    pass(proveWithinMs);
    expect(nudges.map((text) => text.split(":")[0])).toEqual(["monitor", "hook"]);
    pass(proveWithinMs);
    pass(proveWithinMs);
    expect(nudges.map((text) => text.split(":")[0])).toEqual(["monitor", "hook", "tool-line"]);
  });

  it("is nudged for once by a way that has worked before", () => {
    const first = arrive(message());
    gather();
    read(first);
    expect(proved).toEqual(["monitor"]);
    arrive(message());
    gather();
    pass(proveWithinMs);
    expect(nudges).toHaveLength(2);
  });

  it("is nudged for by a way that works, before those that are nearer and were never proved", () => {
    present = new Set<WayName>(["hook"]);
    const first = arrive(message());
    gather();
    read(first);
    present = new Set<WayName>(["monitor", "hook"]);
    arrive(message());
    gather();
    expect(nudges.at(-1)).toMatch(/^hook: /);
  });

  it("is not nudged for when the agent has read it meanwhile", () => {
    read(arrive(message()));
    gather();
    expect(nudges).toEqual([]);
  });

  it("needs no nudge where the agent waits for it", () => {
    present.add("open-wait");
    const ids = arrive(message());
    gather();
    read(ids);
    pass(proveWithinMs);
    expect(nudges).toHaveLength(1);
    expect(proved).toEqual(["open-wait"]);
  });

  it("does not keep a way that brings nothing in its place by coming again and again", () => {
    arrive(message());
    gather();
    arrive(message());
    gather();
    expect(nudges.at(-1)).toBe("monitor: 2 unread for you in payments:worker. Call bridge_receive.");
    pass(proveWithinMs);
    expect(nudges.at(-1)).toMatch(/^hook: 2 unread/);
  });

  it("proves nothing by a line under a result", () => {
    present = new Set<WayName>(["tool-line"]);
    const ids = arrive(message());
    gather();
    read(ids);
    expect(proved).toEqual([]);
  });
});
