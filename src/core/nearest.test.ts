import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance } from "./edit-distance.ts";
import { maxLabelLength, maxNamesCompared } from "./limits.ts";
import { nearestNames } from "./nearest.ts";

const names = ["mac/reviewer", "mac/worker", "pc/worker", "pc/tester", "planner", "you"];

describe("the nearest names", () => {
  it.each([
    ["mac/reveiwer", "mac/reviewer"],
    ["MAC/REVIEWR", "mac/reviewer"],
    ["reviewr", "mac/reviewer"],
    ["plannr", "planner"],
    ["yuo", "you"],
    ["laptop/tester", "pc/tester"],
    ["@planner", "planner"],
  ])("to %s begin with %s", (unknown, first) => {
    expect(nearestNames(unknown, names)[0]).toBe(first);
  });

  it("are slips first, then the role elsewhere, then the machine's others", () => {
    expect(nearestNames("mac/workr", names)).toEqual(["mac/worker", "pc/worker", "mac/reviewer"]);
    expect(nearestNames("pc/painter", names)).toEqual(["pc/tester", "pc/worker"]);
    expect(nearestNames("mac", ["mac/b", "mac/a", "pc/c"])).toEqual(["mac/a", "mac/b"]);
  });

  it("are none where nothing is near", () => {
    expect(nearestNames("zzzzzzzz", names)).toEqual([]);
    expect(nearestNames("x", [])).toEqual([]);
  });

  it("do not depend on the order that the names come in", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...names], { minLength: names.length }), (shuffled) => {
        expect(nearestNames("mac/workr", shuffled)).toEqual(nearestNames("mac/workr", names));
      }),
    );
  });

  it("are looked for in so many names, however long these and the unknown one are", () => {
    const many = Array.from({ length: maxNamesCompared }, (_, at) => `${"a".repeat(maxLabelLength - 4)}${at}`);
    expect(nearestNames("a".repeat(1_000_000), [...many, "a".repeat(maxLabelLength)])).toHaveLength(3);
    expect(nearestNames("last", [...many, "last"])).toEqual([]);
  });
});

/** In the plainest words: the whole table. */
function model(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (__, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      (table[row] ?? [])[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1),
        isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  }
  return at(a.length, b.length);
}

describe("the edit distance", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 9 });

  it("is that of the whole table, as far as it matters", () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 5 }), (a, b, most) => {
        const distance = model(a, b);
        expect(editDistance(a, b, most)).toBe(distance <= most ? distance : undefined);
      }),
      { numRuns: 5000 },
    );
  });

  it("is one for two letters that changed places", () => {
    expect(editDistance("reveiwer", "reviewer", 3)).toBe(1);
  });
});
