import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, depthOf, nestingOf } from "./json.ts";

const values = fc.jsonValue({ maxDepth: 6 });

describe("nesting", () => {
  it("of a text is the depth of the value that it spells", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(nestingOf(JSON.stringify(value), 1000)).toBe(depthOf(value));
      }),
    );
  });

  it.each([
    ["text", 0],
    ['"[[["', 0],
    ['"\\"[[["', 0],
    ['"\\\\"[[', 2],
    ["[]", 1],
    ["{}", 1],
    ['{"a":[1,{"b":2}]}', 3],
    ["[],[],[]", 1],
    ["", 0],
    ['"unclosed [[[', 0],
  ])("of %s is %i", (text, depth) => {
    expect(nestingOf(text, 1000)).toBe(depth);
  });

  it("is counted no further than one more than the limit", () => {
    expect(nestingOf("[".repeat(1_000_000), 16)).toBe(17);
  });

  it("is found in a million brackets without overflowing the stack", () => {
    const deep = Array.from({ length: 1_000_000 }).reduce<unknown>((inner) => [inner], []);
    expect(nestingOf("[".repeat(1_000_000), 1_000_000)).toBe(1_000_000);
    expect(depthOf(deep)).toBe(1_000_001);
  });

  it.each([
    [null, 0],
    ["[[", 0],
    [[], 1],
    [{}, 1],
    [[[], 1], 2],
    [{ a: { b: [] } }, 3],
  ])("of the value %j is %i", (value, depth) => {
    expect(depthOf(value)).toBe(depth);
  });
});

/** The same value with its keys the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, part]) => [key, reversed(part)]),
  );
}

describe("canonical JSON", () => {
  it("is the same text for equal values, whatever the order of their keys", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it("says what the value says", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("sorts keys at every level and has no blanks", () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: "x y" })).toBe('{"a":"x y","b":[{"c":2,"d":1}]}');
  });

  it("is well-formed Unicode, also when the value is not", () => {
    expect(canonicalJson({ a: "\ud800" })).toBe('{"a":"\\ud800"}');
  });

  it("leaves out what is undefined", () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });
});
