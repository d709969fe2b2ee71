import { describe, expect, it } from "vitest";
import type { Receipt } from "../client/index.ts";
import type { ReceiptState } from "../core/receipt.ts";
import { age, dayLabel, duration } from "./ages.ts";
import { progressOf } from "./progress.ts";
import { gistOf, gistText, saidBy } from "./said.ts";
import { markOf } from "./sender.ts";
import { themes } from "./tokens.ts";

const now = new Date(2026, 10, 22, 10, 48).getTime();

function receipt(state: ReceiptState, more: Partial<Receipt> = {}): Receipt {
  const at = { stored: now - 180_000, [state]: now - 120_000 };
  const own = { messageId: "m", seq: 1, channel: "a:b", answerId: undefined, due: undefined } as unknown as Receipt;
  return { ...own, agent: "mac/a", state, why: "addressed", reason: undefined, at, ...more };
}

describe("how far a message got, in words", () => {
  it("claims no more than stored of a message that nobody in particular is to read", () => {
    expect(progressOf([], now)).toEqual({ glyph: "·", words: "stored", tone: "muted" });
    expect(progressOf([receipt("in_context", { why: undefined })], now)).toMatchObject({ words: "stored" });
  });

  it("says since when it lies unread at a machine", () => {
    expect(progressOf([receipt("at_machine")], now)).toEqual({
      glyph: "✓",
      words: "at machine, unread 2 m",
      tone: "warn",
    });
  });

  it("goes by the one who is least far, and by a failure before all", () => {
    const far = receipt("answered");
    expect(progressOf([far, receipt("stored", { agent: "mac/b" })], now).words).toBe("stored, 1 of 2");
    const held = receipt("held", { reason: "mac/b is away\u{202e}" });
    expect(progressOf([far, held], now)).toEqual({
      glyph: "✕",
      words: "held: mac/b is away\\u{202e}, 1 of 2",
      tone: "error",
    });
  });

  it("has a question to a person wait on that person until it is answered", () => {
    expect(progressOf([receipt("stored", { agent: "you" })], now, true)).toMatchObject({ glyph: "◆", tone: "warn" });
    expect(progressOf([receipt("in_context", { agent: "you" })], now, true).words).toBe("waiting on you 3 m");
    expect(progressOf([receipt("answered", { agent: "you" })], now, true)).toMatchObject({ glyph: "↩", tone: "ok" });
  });
});

describe("what a message says", () => {
  const envelope = { schema_version: 1, type: "result", content: { status: "failed", n: 2 }, recipient: "mac/a" };

  it("is taken out of its envelope, also from a stream that leaves it in the text", () => {
    const said = saidBy({ content: JSON.stringify(envelope), isJson: true });
    expect(said).toMatchObject({ type: "result", to: "mac/a", body: { status: "failed", n: 2 } });
    expect(gistOf(said.body)).toEqual({
      pairs: [
        ["status", "failed"],
        ["n", "2"],
      ],
    });
  });

  it("is its text where it has none, and JSON as such", () => {
    expect(saidBy({ content: "hello", isJson: false }).body).toBe("hello");
    expect(gistText(gistOf(saidBy({ content: '{"a":[1]}', isJson: true }).body))).toBe("a 1");
  });

  it("has nothing hidden in it when it is shown in few words", () => {
    expect(gistText(gistOf({ "a\u{1b}[2J": "\u{202e}x" }))).toBe("a\\u{1b}[2J \\u{202e}x");
    expect(gistText(gistOf("y".repeat(10_000)))).toHaveLength(400);
  });
});

describe("a sender's mark", () => {
  it("has letters of machine and role, or of two words, and one shape for a machine", () => {
    expect(markOf("mac/orchestrator").monogram).toBe("MO");
    expect(markOf("Ann Bell").monogram).toBe("AB");
    expect(markOf("x").monogram).toBe("X");
    expect(markOf("/").monogram).toBe("?");
    expect(markOf("mac/a").shape).toBe(markOf("MAC/b").shape);
  });

  it("has a colour in every theme", () => {
    for (const name of ["mac/a", "win/b", "you", "", "\u{202e}"]) {
      const { hue } = markOf(name);
      for (const theme of Object.values(themes)) expect(theme).toHaveProperty(`sender${hue}`);
    }
  });
});

describe("times for people", () => {
  it.each([
    [-5, "0 s"],
    [59_999, "59 s"],
    [240_000, "4 m"],
    [7_200_000, "2 h"],
    [200_000_000, "2 d"],
  ])("an age of %d ms is %s", (ms, words) => expect(age(ms)).toBe(words));

  it.each([
    [9, "9 ms"],
    [1_400, "1.4 s"],
    [231_000, "3 m 51 s"],
    [7_500_000, "2 h 5 m"],
  ])("%d ms take %s", (ms, words) => expect(duration(ms)).toBe(words));

  it("names the day, and the year where it is another", () => {
    expect(dayLabel(now, now)).toBe("Today, Sunday 22 November");
    expect(dayLabel(now - 86_400_000, now)).toBe("Yesterday, Saturday 21 November");
    expect(dayLabel(new Date(2025, 0, 2).getTime(), now)).toBe("Thursday 2 January 2025");
  });
});
