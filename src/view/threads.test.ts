import { describe, expect, it } from "vitest";
import { begin, type Line, rowsOf } from "../../test/support/message-rows.ts";
import { threadsOf } from "./threads.ts";

const task = (thread: string, at: number, more: Partial<Line> = {}): Line => ({
  from: "mac/a",
  to: "win/b",
  type: "task",
  state: "in_context",
  thread,
  at,
  ...more,
});

describe("the threads of a list", () => {
  const rows = rowsOf([
    task("done", 0),
    { from: "win/b", to: "mac/a", type: "result", thread: "done", replyTo: "m1", state: "in_context", at: 30 },
    task("old", 0),
    task("held", 1190, { state: "held" }),
    task("new", 1190),
    { from: "win/b", to: "you", type: "question", thread: "asks", at: 1195 },
    { from: "win/b", text: "hello", thread: "words", at: 1196 },
    { from: "win/b", text: "no thread", at: 1196 },
  ]);
  const threads = threadsOf(rows, begin + 1_200_000);

  it("stand by what they wait for, and those that stand still are first", () => {
    expect(threads.map(({ name, state }) => [name, state])).toEqual([
      ["held", "stalled"],
      ["old", "stalled"],
      ["asks", "question"],
      ["new", "task"],
      ["done", "answered"],
      ["words", "talk"],
    ]);
  });

  it("say who takes part, how long they took, and what was said last", () => {
    expect(threads[4]).toMatchObject({
      participants: ["mac/a", "win/b"],
      messages: 2,
      beganAt: begin,
      lastAt: begin + 30_000,
    });
    expect(threads[4]?.last).toBe(rows[1]);
  });
});
