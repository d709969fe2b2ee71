import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxAddressees, maxContentBytes } from "./limits.ts";
import type { ChannelName } from "./message.ts";
import { createRecipients } from "./recipient.ts";
import { reasonsWhy } from "./receipt.ts";
import { addresseesOf, type WakeRule, type Waking } from "./wake.ts";

const agents = ["mac/reviewer", "mac/worker", "pc/worker", "pc/tester", "pc/bot"];
const { mentioned } = createRecipients({ agents, machines: ["mac", "pc"], persons: ["Ada"] });

const base: Waking = { channel: "shop:api" as ChannelName, sender: "pc/bot", text: "hello", known: mentioned };
const woken = (message: Partial<Waking>) => addresseesOf({ ...base, ...message });
const names = (message: Partial<Waking>) => woken(message).map(({ agent, why }) => `${agent} ${why}`);

describe("a message", () => {
  it("is for nobody in particular, unless it says so", () => {
    expect(woken({})).toEqual([]);
  });

  it("is for whom it is addressed to, whom it answers, and whom it mentions", () => {
    const message = { recipients: ["mac"], repliesTo: { sender: "mac/worker" }, text: "see @pc/tester and @you" };
    expect(names(message)).toEqual(["mac addressed", "mac/worker reply", "pc/tester mention", "you mention"]);
  });

  it("is for an agent once, for the strongest reason", () => {
    const sender = "mac/reviewer";
    const everyWay = { recipients: ["pc/tester", "pc/tester"], repliesTo: { sender: "pc/tester" }, text: "@tester" };
    expect(names({ sender, ...everyWay })).toEqual(["pc/tester addressed"]);
    expect(names({ repliesTo: { sender }, text: "@mac/reviewer" })).toEqual(["mac/reviewer reply"]);
  });

  it("is not for its own sender", () => {
    const itself = { recipients: ["pc/bot"], repliesTo: { sender: "pc/bot" }, text: "@pc/bot @bot" };
    expect(woken(itself)).toEqual([]);
  });

  it("mentions by a role that only one has, and nobody by one that several have", () => {
    expect(names({ text: "@reviewer @worker" })).toEqual(["mac/reviewer mention"]);
  });

  it("mentions nobody who is not known, and no machine", () => {
    expect(woken({ text: "@nobody @mac @mac/" })).toEqual([]);
  });

  it("wakes one of sixteen who are there when it mentions one", () => {
    const crowd = Array.from({ length: 16 }, (_, at) => `m${at}/dev`);
    const known = createRecipients({ agents: crowd, machines: [], persons: [] }).mentioned;
    expect(names({ text: "@m7/dev please", known, followers: crowd })).toEqual(["m7/dev mention"]);
  });

  it.each(["ack", "presence", "receipt", "progress"])("of type %s is for nobody, whomever it names", (type) => {
    const rules: readonly WakeRule[] = [{ agent: "*", channel: "*", wake: "always" }];
    const message = { recipients: ["mac/worker"], repliesTo: { sender: "mac/reviewer" }, text: "@you" };
    expect(woken({ ...message, type, rules, followers: agents })).toEqual([]);
    expect(woken({ ...message, type: "task" })).toHaveLength(3);
  });

  it("is for so many at most, and the strongest reasons come first", () => {
    const many = Array.from({ length: 100 }, (_, at) => `m${at}/dev`);
    const text = many.map((agent) => `@${agent}`).join(" ");
    const found = woken({ recipients: ["z/last"], text, known: (name) => name });
    expect(found).toHaveLength(maxAddressees);
    expect(found[0]).toEqual({ agent: "z/last", why: "addressed" });
  });

  it("asks for no more names than it has mentions, however hostile", () => {
    let asked = 0;
    const known = () => {
      asked += 1;
      return undefined;
    };
    const text = Array.from({ length: maxContentBytes / 8 }, (_, at) => `@a${at}.`).join(" ");
    woken({ text, known });
    expect(asked).toBeLessThanOrEqual((2 * maxContentBytes) / 8);
    asked = 0;
    woken({ text: "@a ".repeat(maxContentBytes / 3), known });
    expect(asked).toBe(1);
  });
});

describe("a rule", () => {
  const always: WakeRule = { agent: "mac/*", channel: "shop:*", wake: "always" };
  const never: WakeRule = { agent: "*/worker", channel: "*", wake: "never" };

  it("wakes followers that fit it for everything in the channels that fit", () => {
    const followers = agents;
    expect(names({ rules: [always], followers })).toEqual(["mac/reviewer follows", "mac/worker follows"]);
    expect(names({ rules: [always], followers, channel: "blog:api" as ChannelName })).toEqual([]);
    expect(names({ rules: [always], followers: ["pc/tester"] })).toEqual([]);
  });

  it("leaves what is for an agent in its inbox without waking it", () => {
    expect(woken({ rules: [never], recipients: ["pc/worker", "pc/tester"] })).toEqual([
      { agent: "pc/worker", why: "addressed", isQuiet: true },
      { agent: "pc/tester", why: "addressed" },
    ]);
  });

  it("counts before those behind it", () => {
    const followers = agents;
    expect(names({ rules: [never, always], followers })).toEqual(["mac/reviewer follows"]);
    expect(names({ rules: [always, never], followers })).toEqual(["mac/reviewer follows", "mac/worker follows"]);
    const asUsual: WakeRule = { agent: "mac/worker", channel: "*", wake: "addressed" };
    expect(woken({ rules: [asUsual, never], text: "@mac/worker" })).toEqual([{ agent: "mac/worker", why: "mention" }]);
  });
});

describe("whatever comes", () => {
  const some = fc.constantFrom(...agents, "mac", "you", "Ada");
  const wake = fc.constantFrom("always" as const, "addressed" as const, "never" as const);
  const pattern = fc.constantFrom("*", "mac/*", "*/worker", "shop:*", "pc/bot");
  const waking = fc.record({
    sender: some,
    recipients: fc.array(some),
    repliesTo: fc.option(fc.record({ sender: some }), { nil: undefined }),
    text: fc
      .array(fc.constantFrom("@", "@worker", "@mac/worker", "@you", "`", "\n", " ", "@bot"))
      .map((all) => all.join("")),
    followers: fc.array(some),
    rules: fc.array(fc.record({ agent: pattern, channel: pattern, wake })),
  });

  it("no agent is woken twice, and none by itself", () => {
    fc.assert(
      fc.property(waking, (message) => {
        const found = woken(message);
        expect(new Set(found.map(({ agent }) => agent)).size).toBe(found.length);
        expect(found.map(({ agent }) => agent)).not.toContain(message.sender);
        const strengths = found.map(({ why }) => reasonsWhy.indexOf(why));
        expect(strengths).toEqual(strengths.toSorted((one, other) => one - other));
      }),
      { numRuns: 1000 },
    );
  });
});
