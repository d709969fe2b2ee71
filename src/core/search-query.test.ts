import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BridgeError } from "./errors.ts";
import { maxQueryLength, maxQueryParts } from "./limits.ts";
import { parseQuery, printQuery } from "./search-query.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
const parse = (text: string) => parseQuery(text, now).parts;
const refusal = (text: string) => {
  try {
    return parse(text);
  } catch (error) {
    return error instanceof BridgeError && error.code === "invalid_input" && error.field === "q"
      ? error.message
      : error;
  }
};

describe("a query", () => {
  it("has words, phrases and fields, each with its place", () => {
    expect(parse('refund  "two words" -from:win/worker')).toMatchObject([
      { kind: "text", words: ["refund"], isQuoted: false, isPrefix: false, negated: false, start: 0, end: 6 },
      { kind: "text", words: ["two", "words"], isQuoted: true, negated: false, start: 8, end: 19 },
      { kind: "from", value: "win/worker", negated: true, start: 20, end: 36 },
    ]);
  });

  it("takes a value in quotes, and a word that is not closed", () => {
    expect(parse('thread:"pay 42" "open')).toMatchObject([
      { kind: "thread", value: "pay 42" },
      { kind: "text", value: "open" },
    ]);
  });

  it("reads a star as the beginning of a word, but not in quotes", () => {
    expect(parse('test* "test*"')).toMatchObject([
      { words: ["test"], isPrefix: true },
      { words: ["test"], isPrefix: false },
    ]);
  });

  it("reads channels, and what has no word of ours before its colon", () => {
    expect(parse("in:payments:worker http://host:8765/x 12:30")).toMatchObject([
      { kind: "in", value: "payments:worker" },
      { kind: "text", words: ["http", "host", "8765", "x"] },
      { kind: "text", words: ["12", "30"] },
    ]);
  });

  it("may be empty", () => {
    expect([parse(""), parse("  ")]).toEqual([[], []]);
  });

  it.each([
    ["1h", "2026-11-22T11:00:00Z"],
    ["2d", "2026-11-20T12:00:00Z"],
    ["30m", "2026-11-22T11:30:00Z"],
    ["1w", "2026-11-15T12:00:00Z"],
    ["2026-11-20", "2026-11-20T00:00:00Z"],
    ["2026-11-20T10:30", "2026-11-20T10:30:00Z"],
    ["2026-11-20T10:30:05.5Z", "2026-11-20T10:30:05.5Z"],
    ["2026-11-20T10:30:00+02:00", "2026-11-20T08:30:00Z"],
  ])("reads the time %s", (text, expected) => {
    expect(parse(`after:${text}`)).toMatchObject([{ kind: "after", value: text, at: Date.parse(expected) }]);
  });

  it.each([
    [
      "nope:x",
      "q: there is no 'nope:'; there are from: to: in: type: thread: is: has: before: after:; put text in quotes",
    ],
    ["from:", "q: from: needs a value right behind it"],
    ["from: win", "q: from: needs a value right behind it"],
    ["is:late", "q: is: takes unread, unanswered, held, question"],
    ["has:money", "q: has: takes artifact"],
    ["before:soon", "q: before: is a time such as 2026-11-22, 2026-11-22T10:00:00Z, 30m, 1h or 2d"],
    ["before:2026-13-40", "q: before: is a time such as 2026-11-22, 2026-11-22T10:00:00Z, 30m, 1h or 2d"],
    ["!!!", "q: !!! has no letter or digit to look for"],
    ["-", "q: - has no letter or digit to look for"],
    ["a ".repeat(maxQueryParts + 1), `q: must have at most ${maxQueryParts} parts`],
    ["a".repeat(maxQueryLength + 1), `q: must be at most ${maxQueryLength} characters`],
  ])("refuses %j, and says what to do", (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom(
      "-",
      '"',
      ":",
      "*",
      " ",
      "from:",
      "IN:",
      "is:unread",
      "-is:held",
      "after:2d",
      "//",
      "ab",
      "東京",
      "é",
    ),
  );
  const anything = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));

  it("is refused with a BridgeError or parsed, whatever it is, and its parts are where they say", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const parts = refusal(text);
        if (typeof parts === "string") return;
        if (!Array.isArray(parts)) throw parts;
        let at = 0;
        for (const part of parts as ReturnType<typeof parse>) {
          expect(text.slice(at, part.start).trim()).toBe("");
          expect(text.slice(part.start, part.end)).not.toBe("");
          at = part.end;
        }
        expect(text.slice(at).trim()).toBe("");
      }),
      { numRuns: 2000 },
    );
  });

  it("is the same when it was printed", () => {
    fc.assert(
      fc.property(anything, (text) => {
        if (typeof refusal(text) === "string") return;
        const query = parseQuery(text, now);
        const bare = (parts: typeof query.parts) => parts.map(({ start: _start, end: _end, ...part }) => part);
        expect(bare(parse(printQuery(query)))).toEqual(bare(query.parts));
      }),
      { numRuns: 2000 },
    );
  });

  it("takes no longer than its length asks for", () => {
    const begun = performance.now();
    for (const text of [
      '"'.repeat(1000),
      "-".repeat(1000),
      "a:".repeat(500),
      `${"from".repeat(249)}:`,
      " ".repeat(1000),
    ]) {
      refusal(text);
    }
    expect(performance.now() - begun).toBeLessThan(100);
  });
});
