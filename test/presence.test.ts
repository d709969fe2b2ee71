import { beforeEach, describe, expect, it } from "vitest";
import { createAgents } from "../src/agents/agents.ts";
import type { Agents } from "../src/core/agents.ts";
import type { ChannelName, Message } from "../src/core/message.ts";
import { reachOf } from "../src/core/presence.ts";
import { localOperator } from "../src/core/principal.ts";
import type { Store } from "../src/core/store.ts";
import { toAgentRow } from "../src/operations/agents.ts";
import { createFakeClock, type FakeClock } from "../src/testing/fake-clock.ts";
import { createMemoryStore } from "../src/stores/memory.ts";

/** Who is there and can be reached, by a clock that goes when the test says so. */

let clock: FakeClock;
let store: Store;
let agents: Agents;
const minute = 60_000;

const open = (over: Store): Agents =>
  createAgents({
    store: over,
    clock,
    directory: { list: () => [] },
    onError: (error) => {
      throw error;
    },
  });

beforeEach(() => {
  clock = createFakeClock(Date.parse("2026-11-22T10:00:00Z"));
  store = createMemoryStore();
  agents = open(store);
});

const worker = { name: "win/worker", principal: { id: "local" } };
const announce = (said: object = {}) => agents.note(worker, { shim: "1.0.0", ways: ["monitor"], ...said });

async function row() {
  const agent = await agents.find("win/worker");
  if (agent === undefined) throw new Error("nobody is known");
  return toAgentRow(agent, clock.now());
}

async function told(): Promise<string> {
  const [appended] = await store.append([
    {
      channel: "a:b" as ChannelName,
      sender: "mac",
      content: "x",
      addressees: [{ agent: "win/worker", why: "addressed" }],
    },
  ]);
  const { seq } = (appended as { message: Message }).message;
  return agents.outlook(await store.receipts.of([seq]));
}

/** The shim asks again and again, as long as it is well. */
function listen(minutes: number): void {
  for (let index = 0; index < minutes; index += 1) {
    const leave = agents.enter(worker, "inbox");
    clock.advance(minute);
    leave();
    announce();
  }
}

describe("an agent with a shim", () => {
  it("is there while its shim asks for its mail, and wakes by what was proved", async () => {
    announce();
    expect(await row()).toMatchObject({ reach: "by hand" });
    listen(5);
    announce({ proved: { way: "monitor", at: clock.now() } });
    expect(await row()).toMatchObject({ reach: "wakes", way: "monitor", last_proved: { way: "monitor" } });
  });

  it("is away, with the reason and since when, where its heart beats and nobody asks for its mail (agent-network#18)", async () => {
    listen(1);
    announce({ proved: { way: "monitor", at: clock.now() } });
    for (let index = 0; index < 30; index += 1) {
      clock.advance(minute);
      announce();
    }
    expect(await row()).toMatchObject({
      reach: "away",
      reason: "it is heard, but does not ask for its mail",
      away_since: "2026-11-22T10:01:00.000000Z",
      last_proved: { way: "monitor" },
    });
    expect(await told()).toBe(
      "win/worker is away, last seen just now: it is heard, but does not ask for its mail, since 30 min ago; it sees this when it returns.",
    );
  });

  it("is away soon after it ended without a word, whatever its agent had just done", async () => {
    listen(1);
    agents.note(worker);
    announce({ doing: "waiting", waitingOn: "mac/a", proved: { way: "monitor", at: clock.now() } });
    clock.advance(2 * minute);
    expect(await row()).toMatchObject({ reach: "away", reason: "not heard of since", doing: "idle" });
    expect(await row()).not.toHaveProperty("waiting_on");
    clock.advance(120 * minute);
    expect(await told()).toBe("win/worker is away, last seen 2 h ago; it sees this when it returns.");
  });

  it("is away from its goodbye on, and what was proved before proves nothing of its next session", async () => {
    listen(1);
    announce({ proved: { way: "monitor", at: clock.now() } });
    announce({ hasLeft: true });
    expect(await row()).toMatchObject({ reach: "away", reason: "its client has ended" });
    clock.advance(minute);
    announce();
    expect(await row()).toMatchObject({ reach: "by hand", last_proved: { way: "monitor" } });
    announce({ proved: { way: "monitor", at: clock.now() } });
    expect(await row()).toMatchObject({ reach: "wakes" });
  });

  it("that has ended without a word and comes back is another session too", async () => {
    listen(1);
    announce({ proved: { way: "monitor", at: clock.now() } });
    clock.advance(10 * minute);
    announce();
    expect(await row()).toMatchObject({ reach: "by hand" });
  });
});

describe("an agent without a shim", () => {
  it("sees its mail at its next step for as long as it calls tools", async () => {
    agents.note(worker);
    clock.advance(9 * minute);
    expect(await row()).toMatchObject({ reach: "next step" });
    clock.advance(2 * minute);
    expect(await row()).toMatchObject({ reach: "away", away_since: "2026-11-22T10:00:00.000000Z" });
  });

  it("wakes while it waits, and no longer", async () => {
    const leave = agents.enter(worker, "wait");
    clock.advance(30 * minute);
    expect(await row()).toMatchObject({ reach: "wakes", way: "open-wait" });
    leave();
    expect(await row()).toMatchObject({ reach: "away" });
  });
});

describe("a bridge that starts again", () => {
  it("knows since when an agent is there, what it works on, and how far it has read", async () => {
    announce({ project: "/src/payments" });
    const channel = "payments:events" as ChannelName;
    const [first] = await store.append([{ channel, sender: "mac", content: "one" }]);
    const { seq } = (first as { message: Message }).message;
    agents.gave(worker, [{ channel, seq }]);
    await agents.close();
    const begun = clock.now();
    clock.advance(minute);
    agents = open(store);
    await agents.list();
    agents.note(worker);
    expect(agents.follows("win/worker")).toMatchObject([{ channel, seq }]);
    await agents.close();
    agents = open(store);
    expect(await agents.find("win/worker")).toMatchObject({ firstSeenAt: begun, project: "/src/payments" });
  });

  it("does not take for awake what it has not heard of yet", async () => {
    listen(1);
    announce({ proved: { way: "monitor", at: clock.now() } });
    await agents.close();
    clock.advance(5 * minute);
    agents = open(store);
    const [agent] = await agents.list();
    expect(agent && reachOf(agent, clock.now())).toMatchObject({ reach: "away" });
  });
});

describe("a channel", () => {
  it("is followed for a week after it was read", () => {
    const channel = "payments:events" as ChannelName;
    agents.gave(worker, [{ channel, seq: 0 as Message["seq"] }]);
    clock.advance(6 * 86_400_000);
    expect(agents.follows("win/worker")).toHaveLength(1);
    clock.advance(2 * 86_400_000);
    expect(agents.follows("win/worker")).toEqual([]);
  });

  it("is asked for by always-rules from memory: a message that names nobody reads nothing", async () => {
    const reads: string[] = [];
    const watched = createMemoryStore();
    const list = () => {
      reads.push("list");
      return watched.agents.list();
    };
    agents = createAgents({
      store: { ...watched, agents: { ...watched.agents, list } },
      clock,
      directory: { list: () => [] },
      wakeRules: { list: () => [{ id: "1", agent: "*", channel: "*", wake: "always", createdAt: 0, createdBy: "" }] },
      onError: () => undefined,
    });
    const channel = "payments:events" as ChannelName;
    agents.gave(worker, [{ channel, seq: 0 as Message["seq"] }]);
    reads.length = 0;
    const routed = await agents.route({ principal: localOperator, sender: "mac", channel, text: "for all", hops: 0 });
    expect(routed.addressees).toEqual([{ agent: "win/worker", why: "follows" }]);
    expect(reads).toEqual([]);
  });
});
