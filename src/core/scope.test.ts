import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChannelName } from "./message.ts";
import { everything, inScope, only } from "./scope.ts";

const name = (text: string) => text as ChannelName;
const matches = (pattern: string, text: string) => inScope({ names: [], patterns: [pattern] }, name(text));

/** What a pattern means, in the plainest words. */
function model(pattern: string): RegExp {
  const pieces = pattern.split("*").map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pieces.join("[^]*")}$`);
}

const letters = fc.string({ unit: fc.constantFrom("a", "b", ":", ".", "(", "é", "\n"), maxLength: 12 });
const patterns = fc.string({ unit: fc.constantFrom("a", "b", ":", ".", "(", "*", "*"), maxLength: 8 });

describe("a channel pattern", () => {
  it("takes any run of characters for a star, and everything else for itself", () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        expect(matches(pattern, text)).toBe(model(pattern).test(text));
      }),
      { numRuns: 5000 },
    );
  });

  it("fits a name that was made from it", () => {
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1 }), fc.array(letters), (pieces, fill) => {
        const made = pieces
          .map((piece, index) => piece + (index < pieces.length - 1 ? (fill[index] ?? "") : ""))
          .join("");
        expect(matches(pieces.join("*"), made)).toBe(true);
      }),
    );
  });

  it.each([
    ["payments:*", "payments:worker", true],
    ["payments:*", "payments:", true],
    ["payments:*", "payment:worker", false],
    ["*:worker", "payments:worker", true],
    ["*", "", true],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["a*b*a", "aba", true],
    ["a*b*a", "aa", false],
    ["a.c", "abc", false],
  ])("%s on %s: %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it("cannot be made so that matching takes more than linear work", () => {
    const worst = `${"a*".repeat(127)}b`;
    const text = "a".repeat(256);
    // Tried every way, as a backtracking engine does, this would not end in a lifetime.
    expect(Array.from({ length: 1000 }, () => matches(worst, text))).not.toContain(true);
  });
});

describe("a scope", () => {
  it("reads a name as a name, also when it looks like a pattern", () => {
    expect(inScope(only(name("a*")), name("a*"))).toBe(true);
    expect(inScope(only(name("a*")), name("ab"))).toBe(false);
  });

  it("has a channel that any of its names or patterns has", () => {
    const scope = { names: [name("x")], patterns: ["a*", "b*"] };
    expect(["x", "a1", "b1", "c1"].map((text) => inScope(scope, name(text)))).toEqual([true, true, true, false]);
  });

  it("of everything has every channel", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(inScope(everything, name(text))).toBe(true);
      }),
    );
  });
});
