import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairOf, type Breaker } from "./breakers.ts";
import { createLoopGuard, type Judged, type LoopGuard } from "./loop-guard.ts";
import { defaultLoopLimits } from "./loop-limits.ts";
import type { ChannelName, MessageId } from "./message.ts";
import { addresseesOf } from "./wake.ts";

const { maxHops, maxPairMessages, pairWindowMs, maxThreadMessages, quietMs } = defaultLoopLimits;

let count = 0;
const channel = "shop:api" as ChannelName;
const longText = { contentLength: 100, contentHash: "same" };

/** A message of a to b, unlike every other. */
function message(given: Partial<Judged> = {}): Judged {
  count += 1;
  const text = { contentHash: `text ${count}`, contentLength: 100 };
  return { channel, sender: "a", addressees: ["b"], hops: 0, isHuman: false, now: 0, ...text, ...given };
}

const person = (given: Partial<Judged> = {}) => message({ sender: "Ada", isHuman: true, ...given });

/** Judges, and stores what may be stored. */
function send(guard: LoopGuard, given: Partial<Judged> = {}): string {
  const judged = message(given);
  const { kind } = guard.judge(judged);
  if (kind !== "repeated") guard.note(judged, `id ${count}` as MessageId);
  return kind;
}

const sendMany = (guard: LoopGuard, times: number, given: Partial<Judged> = {}) =>
  Array.from({ length: times }, () => send(guard, given)).filter((kind) => kind === "pass").length;

const closedPair = (guard: LoopGuard): Breaker => {
  sendMany(guard, maxPairMessages + 1);
  return pairOf("a", "b");
};

describe("two agents", () => {
  it("may say so much to each other while no person speaks, whoever of them says it", () => {
    const guard = createLoopGuard();
    expect(sendMany(guard, maxPairMessages / 2)).toBe(maxPairMessages / 2);
    expect(sendMany(guard, maxPairMessages, { sender: "b", addressees: ["a"] })).toBe(maxPairMessages / 2);
    expect(guard.judge(message())).toMatchObject({ kind: "held", breaker: { kind: "pair", between: ["a", "b"] } });
  });

  it("are told why", () => {
    const guard = createLoopGuard();
    closedPair(guard);
    const reason = "a and b have sent each other 40 messages within 10 minutes, and no person has spoken";
    expect(guard.judge(message())).toMatchObject({ reason });
  });

  it("may go on for ever at a pace that work has", () => {
    const guard = createLoopGuard();
    const paces = Array.from({ length: 500 }, (_, at) => at * (pairWindowMs / maxPairMessages));
    expect(paces.filter((now) => send(guard, { now }) === "pass")).toHaveLength(500);
  });

  it("do not keep others from talking, nor from talking to them", () => {
    const guard = createLoopGuard();
    closedPair(guard);
    expect(send(guard, { addressees: ["c"] })).toBe("pass");
    expect(send(guard, { sender: "c", addressees: ["b"] })).toBe("pass");
  });

  it("are judged with all to whom the message goes", () => {
    const guard = createLoopGuard();
    closedPair(guard);
    expect(send(guard, { addressees: ["c", "b"] })).toBe("held");
  });
});

describe("a message that is held", () => {
  it("does not count where it would have been let through", () => {
    const guard = createLoopGuard();
    closedPair(guard);
    sendMany(guard, maxPairMessages, { addressees: ["b", "c"] });
    expect(sendMany(guard, maxPairMessages + 1, { addressees: ["c"] })).toBe(maxPairMessages);
  });
});

describe("a thread", () => {
  it("of a group stops at its budget, though no pair of it has reached its own", () => {
    const guard = createLoopGuard();
    const sent = Array.from({ length: maxThreadMessages + 10 }, (_, at) =>
      send(guard, { sender: `m${at % 20}/dev`, addressees: [`m${(at + 1) % 20}/dev`], thread: "t" }),
    );
    expect(sent.filter((kind) => kind === "pass")).toHaveLength(maxThreadMessages);
    expect(guard.list(0)).toMatchObject([{ breaker: { kind: "thread", channel, thread: "t" }, held: 10 }]);
  });

  it("is another in another channel", () => {
    const guard = createLoopGuard({ maxThreadMessages: 1 });
    expect(send(guard, { thread: "t" })).toBe("pass");
    expect(send(guard, { thread: "t", channel: "blog" as ChannelName })).toBe("pass");
    expect(send(guard, { thread: "t" })).toBe("held");
  });

  it("is held when its chain of answers is too long", () => {
    const guard = createLoopGuard();
    expect(send(guard, { thread: "t", hops: maxHops })).toBe("pass");
    expect(send(guard, { thread: "t", hops: maxHops + 1 })).toBe("held");
  });
});

describe("a chain of answers", () => {
  it("is held when it is too long, also without a thread", () => {
    const guard = createLoopGuard();
    const held = { kind: "held", breaker: pairOf("a", "b"), reason: expect.stringContaining("answers in a row") };
    expect(guard.judge(message({ hops: maxHops + 1 }))).toEqual(held);
  });

  it("may go on for as long again when a person has opened its breaker", () => {
    const guard = createLoopGuard();
    send(guard, { hops: maxHops + 1 });
    expect(guard.reopen(pairOf("a", "b"))).toBe(true);
    expect(send(guard, { hops: maxHops + 2 })).toBe("pass");
    expect(send(guard, { hops: 2 * maxHops + 2 })).toBe("held");
  });
});

describe("a storm", () => {
  it("of A, B and C that wake each other in a ring stops at the budget", () => {
    const ring = fc.integer({ min: 2, max: 6 });
    fc.assert(
      fc.property(ring, fc.boolean(), fc.boolean(), fc.nat(1000), (size, isAnswer, hasThread, pace) => {
        const guard = createLoopGuard();
        const passed = Array.from({ length: 500 }, (_, at) => ({
          sender: `agent ${at % size}`,
          addressees: [`agent ${(at + 1) % size}`],
          hops: isAnswer ? at : 0,
          now: at * pace,
          thread: hasThread ? "t" : undefined,
        })).filter((given) => send(guard, given) === "pass");
        const pairs = size === 2 ? 1 : size;
        const budget = Math.min(pairs * maxPairMessages, hasThread ? maxThreadMessages : Infinity);
        expect(passed).toHaveLength(isAnswer ? Math.min(maxHops + 1, budget) : budget);
      }),
      { numRuns: 200 },
    );
  });

  it("of the same task sent fifty times is one message", () => {
    const guard = createLoopGuard();
    const task = { ...longText, idempotencyKey: undefined };
    expect(sendMany(guard, 50, task)).toBe(1);
    expect(guard.list(0)).toEqual([]);
  });
});

describe("a person's word", () => {
  it("opens the pairs of the agent that it wakes, and begins their count anew", () => {
    fc.assert(
      fc.property(fc.constantFrom("a", "b"), fc.nat(maxPairMessages + 10), (agent, before) => {
        const guard = createLoopGuard();
        sendMany(guard, before);
        guard.note(person({ addressees: [agent] }), "said" as MessageId);
        expect(guard.list(0)).toEqual([]);
        expect(sendMany(guard, maxPairMessages + 10)).toBe(maxPairMessages);
      }),
    );
  });

  it("opens its thread, also when it wakes nobody", () => {
    const guard = createLoopGuard({ maxThreadMessages: 2 });
    sendMany(guard, 3, { thread: "t" });
    guard.note(person({ thread: "t", addressees: [] }), "said" as MessageId);
    expect(sendMany(guard, 3, { thread: "t" })).toBe(2);
  });

  it.each([
    ["in its thread", { thread: "t" }, { addressees: [], thread: "t" }],
    ["between two", {}, {}],
  ])("lets a long chain of answers go on that it is no part of: %s", (_, place, word) => {
    const guard = createLoopGuard();
    for (let hops = 0; hops <= maxHops + 3; hops += 1) send(guard, { hops, ...place });
    expect(guard.list(0)).toHaveLength(1);
    guard.note(person(word), "said" as MessageId);
    expect(send(guard, { hops: maxHops + 4, ...place })).toBe("pass");
  });

  it("opens a breaker at which nothing was ever let through", () => {
    const guard = createLoopGuard();
    guard.judge(message({ hops: maxHops + 1 }));
    guard.note(person({ addressees: ["b"] }), "said" as MessageId);
    expect(guard.list(0)).toEqual([]);
  });

  it("does not open what it does not touch", () => {
    const guard = createLoopGuard();
    closedPair(guard);
    guard.note(person({ thread: "t", addressees: ["c"] }), "said" as MessageId);
    expect(send(guard)).toBe("held");
  });

  it("is never held, nor taken for one that was said before", () => {
    const guard = createLoopGuard({ maxHops: 0, maxPairMessages: 0, maxThreadMessages: 0 });
    const words = Array.from({ length: 10 }, () => person({ ...longText, hops: 99, thread: "t" }));
    expect(words.map((word) => guard.judge(word).kind)).toEqual(words.map(() => "pass"));
  });

  it("lets the agents to whom it goes say the same once more", () => {
    const guard = createLoopGuard();
    send(guard, longText);
    guard.note(person({ addressees: ["a"] }), "said" as MessageId);
    expect(send(guard, longText)).toBe("pass");
  });
});

describe("a closed breaker", () => {
  it("stays closed when the window of its budget is over", () => {
    const guard = createLoopGuard();
    closedPair(guard);
    expect(send(guard, { now: pairWindowMs + 1 })).toBe("held");
  });

  it("opens when a person opens it, in whichever order the pair is named", () => {
    const guard = createLoopGuard();
    closedPair(guard);
    expect(guard.reopen({ kind: "pair", between: ["b", "a"] })).toBe(true);
    expect(guard.list(0)).toEqual([]);
    expect(sendMany(guard, maxPairMessages + 1)).toBe(maxPairMessages);
  });

  it("opens by itself when nobody has tried for a while, counted from the last try", () => {
    const guard = createLoopGuard();
    closedPair(guard);
    expect(send(guard, { now: quietMs - 1 })).toBe("held");
    expect(send(guard, { now: 2 * quietMs - 2 })).toBe("held");
    expect(guard.list(3 * quietMs - 3)).toHaveLength(1);
    expect(guard.list(3 * quietMs - 2)).toEqual([]);
    expect(send(guard, { now: 3 * quietMs - 2 })).toBe("pass");
  });

  it("says what it holds and since when", () => {
    const guard = createLoopGuard();
    sendMany(guard, maxPairMessages, { now: 1000 });
    sendMany(guard, 3, { now: 2000, hops: 2 });
    const reason = expect.any(String);
    const times = { closedAt: 2000, lastTriedAt: 2000 };
    expect(guard.list(2000)).toEqual([{ breaker: pairOf("a", "b"), reason, ...times, held: 3, hops: 2 }]);
  });

  it("cannot be opened when it is not closed", () => {
    const guard = createLoopGuard();
    sendMany(guard, maxPairMessages);
    expect(guard.reopen(pairOf("a", "b"))).toBe(false);
    expect(send(guard)).toBe("held");
  });
});

describe("the same text", () => {
  it("is answered with the message that it repeats", () => {
    const guard = createLoopGuard();
    guard.note(message({ ...longText, now: 5 }), "first" as MessageId);
    const again = guard.judge(message({ ...longText, now: 6 }));
    expect(again).toEqual({ kind: "repeated", earlier: { id: "first", at: 5 } });
  });

  it("is answered so too when the earlier one is held", () => {
    const guard = createLoopGuard();
    closedPair(guard);
    expect(send(guard, longText)).toBe("held");
    expect(send(guard, longText)).toBe("repeated");
  });
});

describe("what wakes no agent", () => {
  it.each([
    ["a heartbeat or a benchmark's load", []],
    ["a note to a person", ["you"]],
    ["a note to oneself", ["a"]],
  ])("is never held nor a repetition: %s", (_, addressees) => {
    const guard = createLoopGuard();
    const load = { ...longText, addressees, thread: "t", hops: 1000 };
    expect(sendMany(guard, 1000, load)).toBe(1000);
    expect(guard.size).toBe(0);
  });

  it("are acknowledgements and presence, whomever they name", () => {
    const guard = createLoopGuard();
    const quiet = { channel, sender: "a", recipients: ["b"], text: "@b", known: (name: string) => name };
    const woken = ["ack", "presence"].flatMap((type) => addresseesOf({ ...quiet, type }));
    expect(sendMany(guard, 1000, { ...longText, addressees: woken.map(({ agent }) => agent) })).toBe(1000);
  });
});
