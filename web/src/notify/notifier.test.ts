import { describe, expect, it } from "vitest";
import { createHeldTimer } from "../../../test/support/held-timer.ts";
import type { NotableEvent } from "./event.ts";
import { bundleMs, createNotifier, type Told } from "./notifier.ts";

const event = (key: string, kind: NotableEvent["kind"] = "question"): NotableEvent => ({
  kind,
  key,
  title: `${key} asks you`,
  text: "may I?",
  path: `/m/${key}`,
  seenAt: ["/c/demo"],
});

function start(path = "/all") {
  const { timer, fire, held } = createHeldTimer();
  const told: Told[] = [];
  const notifier = createNotifier({
    timer,
    isWanted: (kind) => kind !== "loop",
    isSeen: ({ seenAt }) => seenAt.includes(path),
    show: (one) => told.push(one),
  });
  return { notifier, told, held, later: () => fire(bundleMs) };
}

describe("what a person is told", () => {
  it("is one event at once, and those of the next seconds together", () => {
    const { notifier, told, later } = start();
    notifier.take([event("a")]);
    expect(told).toMatchObject([{ title: "a asks you", text: "may I?", path: "/m/a" }]);
    notifier.take([event("b")]);
    notifier.take([event("c")]);
    expect(told).toHaveLength(1);
    later();
    expect(told[1]).toMatchObject({ title: "2 things for you", text: "b asks you, c asks you", path: "/" });
    later();
    notifier.take([event("d")]);
    expect(told[2]).toMatchObject({ title: "d asks you" });
  });

  it("is nothing of a kind that is not wanted, nor of what is looked at", () => {
    const { notifier, told, held } = start("/c/demo");
    notifier.take([event("a", "loop"), event("b")]);
    expect(told).toEqual([]);
    expect(held()).toEqual([]);
  });

  it("is nothing more when the page goes", () => {
    const { notifier, told, held, later } = start();
    notifier.take([event("a")]);
    notifier.take([event("b")]);
    notifier.close();
    later();
    expect(held()).toEqual([]);
    expect(told).toHaveLength(1);
  });
});
