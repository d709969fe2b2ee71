import { describe, expect, it } from "vitest";
import { begin, hostile, type Line, rowsOf } from "../../../test/support/message-rows.ts";
import type { NoticeRow } from "../live/rows.ts";
import { spansOf } from "./bars.ts";
import { type ArrowLine, layOut } from "./layout.ts";
import { placesOf } from "./places.ts";
import { sentenceOf } from "./sentence.ts";

const orchestrator = "mac/orchestrator";
const worker = "win/worker";

const work: readonly Line[] = [
  { from: orchestrator, to: worker, type: "task", text: "run payments tests", state: "answered" },
  { from: worker, to: orchestrator, type: "ack", replyTo: "m1", state: "in_context" },
  { from: worker, to: orchestrator, type: "result", text: "2 failures", replyTo: "m1", state: "at_machine" },
  { from: worker, to: "you", type: "question", text: "use sandbox key?" },
];

const lay = (lines: readonly Line[], order?: readonly string[]) => layOut(rowsOf(lines), { order });
const names = (lines: readonly Line[], order?: readonly string[]) => lay(lines, order).lanes.map(({ name }) => name);
const arrowsOf = (lines: readonly Line[]) =>
  lay(lines).lines.filter((line): line is ArrowLine => line.kind === "arrow");

describe("the lanes", () => {
  it("stand by machine, machines by who came first, and persons last", () => {
    const lines = [...work, { from: "mac/reviewer", to: orchestrator }];
    expect(names(lines)).toEqual([orchestrator, "mac/reviewer", worker, "you"]);
  });

  it("are one for names that differ in case only", () => {
    expect(names([{ from: "Mac/A", to: "mac/a" }])).toEqual(["Mac/A"]);
  });

  it("stand as a person has put them, with the others behind", () => {
    expect(names(work, ["you", worker])).toEqual(["you", worker, orchestrator]);
  });

  it("stay where they are while a list is gone through in time", () => {
    const rows = rowsOf(work);
    expect(layOut(rows.slice(0, 1), { everybodyIn: rows }).lanes).toEqual(layOut(rows).lanes);
  });

  it("are eight at most: who was idle the longest stands with the others", () => {
    const lines = Array.from({ length: 12 }, (_, at) => ({ from: `m${at}/a`, to: "m11/a" }));
    const { lanes } = lay(lines);
    expect(lanes).toHaveLength(8);
    expect(lanes.at(-1)).toMatchObject({ name: "5 others", others: ["m0/a", "m1/a", "m2/a", "m3/a", "m4/a"] });
    expect(arrowsOf(lines)[0]).toMatchObject({ from: 7, to: [0] });
  });
});

describe("the arrows", () => {
  it("go to whom a message is for, drawn by how far it got", () => {
    expect(arrowsOf(work).map(({ from, to, stroke, label }) => [from, ...to, stroke, label])).toEqual([
      [0, 1, "solid", "task: run payments tests"],
      [1, 0, "solid", "ack: hello"],
      [1, 0, "dashed", "result: 2 failures"],
      [1, 2, "dashed", "question: use sandbox key?"],
    ]);
    expect(arrowsOf([{ from: worker, to: orchestrator, state: "held" }])[0]?.stroke).toBe("failed");
  });

  it("are stubs where nobody in particular is meant", () => {
    expect(arrowsOf([{ from: worker, text: "done" }])[0]).toMatchObject({ to: [], stroke: "solid", label: "done" });
  });

  it("have labels of one line with nothing hidden in them", () => {
    for (const text of hostile) {
      const [arrow] = arrowsOf([{ from: text, to: text, text, type: text }]);
      // oxlint-disable-next-line no-control-regex -- those are what must not be there
      expect(arrow?.label).not.toMatch(/[\u0000-\u001f\u202e\ud800]/);
    }
  });
});

describe("the bars", () => {
  it("last until the answer: that one is at work is none", () => {
    expect(lay(work).bars).toMatchObject([
      { kind: "task", lane: 1, from: 1, to: 3, depth: 0 },
      { kind: "question", lane: 2, from: 4, to: undefined },
    ]);
  });

  it("stand beside each other where one has several things to do", () => {
    const task: Line = { from: orchestrator, to: worker, type: "task" };
    expect(lay([task, task, task]).bars.map(({ depth }) => depth)).toEqual([0, 1, 2]);
  });

  it("are drawn as one where they lie over each other", () => {
    const task: Line = { from: orchestrator, to: worker, type: "task" };
    const spans = spansOf(lay([task, task, task, task, task, { from: worker, replyTo: "m1", to: orchestrator }]).bars);
    expect(spans.map(({ depth, to }) => [depth, to])).toEqual([
      [0, 6],
      [1, undefined],
      [2, undefined],
    ]);
  });

  it("are not there for what was kept back", () => {
    expect(lay([{ from: orchestrator, to: worker, type: "task", state: "held" }]).bars).toEqual([]);
  });
});

describe("the lines", () => {
  it("tear out what is longer than two minutes, and name each day", () => {
    const lines = lay([{ from: "a" }, { from: "a", at: 240 }, { from: "a", at: 86_400 }]).lines;
    expect(lines.map(({ kind }) => kind)).toEqual(["day", "arrow", "tear", "arrow", "tear", "day", "arrow"]);
    expect(lines[2]).toMatchObject({ ms: 240_000 });
  });

  it("have clears among them", () => {
    const entry = { kind: "cleared", channel: "c\u202e", count: 3, acceptedAt: begin, by: "you" };
    const notice = { kind: "notice", key: "n", entry } as unknown as NoticeRow;
    const [, , line] = layOut([...rowsOf([{ from: "a" }]), notice]).lines;
    expect(line && sentenceOf(line, begin)).toBe("10:42:00  3 messages of c\\u{202e} were cleared by you.");
  });

  it("stand where their heights put them", () => {
    const heights = { arrow: 40, tear: 20, day: 10, notice: 10 };
    const places = placesOf(lay([{ from: "a" }, { from: "a", at: 240 }]).lines, heights);
    expect(places.total).toBe(110);
    expect([0, 1, 2, 3, 4].map(places.topOf)).toEqual([0, 10, 50, 70, 110]);
    expect([-5, 0, 9, 10, 69, 70, 999].map(places.lineAt)).toEqual([0, 0, 0, 1, 2, 3, 3]);
  });

  it("read as a list", () => {
    const [, first, , , last] = lay(work).lines;
    expect(first && sentenceOf(first, begin)).toBe(
      "10:42:00 mac/orchestrator to win/worker, task: run payments tests, answered 10:42:00",
    );
    expect(last && sentenceOf(last, begin + 190_000)).toBe(
      "10:42:03 win/worker to you, question: use sandbox key?, waiting on you 3 m",
    );
  });
});

describe("a loop", () => {
  const round = [
    { from: "a/x", to: "b/y" },
    { from: "b/y", to: "c/z" },
    { from: "c/z", to: "a/x" },
  ];

  it("is a circle of few that was gone round three times", () => {
    const { loops } = lay([...round, ...round, ...round, { from: "a/x", to: "d/w" }]);
    expect(loops).toMatchObject([{ agents: ["a/x", "b/y", "c/z"] }]);
    expect(loops[0]?.keys).toHaveLength(10);
  });

  it("is none before the third time, with a person in it, or with time to think", () => {
    expect(lay([...round, ...round]).loops).toEqual([]);
    const withPerson = Array.from({ length: 4 }, () => [
      { from: "a/x", to: "you" },
      { from: "you", to: "a/x" },
    ]).flat();
    expect(lay(withPerson).loops).toEqual([]);
    const slow = [...round, ...round, ...round].map((line, at) => ({ ...line, at: at * 130 }));
    expect(lay(slow).loops).toEqual([]);
  });

  it("is found among what others say in other threads", () => {
    const pair = [
      { from: "a/x", to: "b/y", thread: "t" },
      { from: "z/q", to: "z/r" },
      { from: "b/y", to: "a/x", thread: "t" },
    ];
    const { loops, lines } = lay([...pair, ...pair, ...pair]);
    expect(loops).toMatchObject([{ thread: "t", agents: ["a/x", "b/y"] }]);
    expect(lines.filter((line) => line.kind === "arrow" && line.isInLoop)).toHaveLength(6);
  });
});
