import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Agent } from "../client/index.ts";
import * as fields from "../core/fields.ts";
import { channelGroups } from "./channel-groups.ts";
import { channelNameProblem } from "./channel-name.ts";
import { doingWords, machinesOf, reachWords } from "./machines.ts";
import { knownNames, recipientWords } from "./recipient-words.ts";

const now = Date.UTC(2026, 10, 22, 10);
const agent = (name: string, more: Partial<Agent> = {}) => ({ name, doing: "idle", reach: "wakes", ...more }) as Agent;

describe("channels by project", () => {
  it("groups by what is before the first colon, and shows the other names whole", () => {
    const names = ["payments:worker:2", "general", "payments:events", ":odd", "odd:"];
    const groups = channelGroups(names.map((name) => ({ name, messages: 1, lastAcceptedAt: 0, senders: [] })));
    expect(groups.map(({ project, channels }) => [project, channels.map(({ role }) => role)])).toEqual([
      [undefined, [":odd", "general", "odd:"]],
      ["payments", ["events", "worker:2"]],
    ]);
  });
});

describe("a new channel's name", () => {
  it.each([
    ["payments:worker", undefined],
    ["x:[/y]", undefined],
    ["", "give it a name"],
    [" a", "no blank at either end"],
    ["a\tb", "no control characters"],
    ["a\ud800", "a character in it is broken"],
    ["a".repeat(257), "at most 256 characters"],
  ])("%j: %s", (name, problem) => expect(channelNameProblem(name)).toBe(problem));

  it("is refused here exactly where the bridge would refuse it", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(" ", "a", "\n", "\ud800") }),
    );
    fc.assert(
      fc.property(anything, (name) => {
        expect(channelNameProblem(name) === undefined).toBe(fields.channel.safeParse(name).success);
      }),
    );
  });
});

describe("machines", () => {
  it("puts those first where somebody is, and persons nowhere", () => {
    const machines = machinesOf([
      agent("pi/builder", { reach: "away", awaySince: now - 7_200_000 }),
      agent("mac/b"),
      agent("mac/a", { reach: "away" }),
      agent("you"),
      agent("script"),
      agent("x", { machine: "aaa" }),
    ]);
    expect(machines.map(({ name, agents, awaySince }) => [name, agents.map((one) => one.name), awaySince])).toEqual([
      ["aaa", ["x"], undefined],
      ["mac", ["mac/b", "mac/a"], undefined],
      [undefined, ["script"], undefined],
      ["pi", ["pi/builder"], now - 7_200_000],
    ]);
  });

  it("says what an agent does, and what becomes of a message to it", () => {
    expect(doingWords(agent("a", { doing: "waiting", waitingOn: "you" }), now)).toBe("waiting on you");
    expect(doingWords(agent("a", { reach: "away", awaySince: now - 7_200_000 }), now)).toBe("away 2 h");
    expect(reachWords(agent("a"), now)).toBe("it is idle: will wake it");
    expect(reachWords(agent("a", { reach: "next step", doing: "working" }), now)).toBe(
      "it is working: will see it at its next step",
    );
    expect(reachWords(agent("a", { reach: "away" }), now)).toBe("away: will see it when it returns");
  });
});

describe("whom a message is to", () => {
  const agents = new Map(["mac/reviewer", "win/worker", "pi/worker"].map((name) => [name, agent(name)]));
  it.each([
    ["mac/reviewer", "it is idle: will wake it"],
    ["reviewer", "mac/reviewer: it is idle: will wake it"],
    ["worker", "that may be pi/worker or win/worker"],
    ["mac", "all agents of mac"],
    ["you", "any person: it waits in Needs you"],
    ["mac/reviwer", "nobody of this name is known; there is mac/reviewer, mac"],
    ["zzzzzzzz", "nobody of this name is known yet"],
  ])("%s: %s", (to, words) => expect(recipientWords(to, agents, now)).toBe(words));

  it("is offered by agent and by machine, each once", () => {
    expect(knownNames([agent("you"), agent("mac/a"), agent("mac/b"), agent("script")])).toEqual([
      "you",
      "mac/a",
      "mac/b",
      "script",
      "mac",
    ]);
  });
});
