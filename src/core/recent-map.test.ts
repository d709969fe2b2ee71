import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecentMap } from "./recent-map.ts";

describe("a map of what is recent", () => {
  it("forgets what was set longest ago, and nothing before it is full", () => {
    const map = createRecentMap<number>(2);
    map.set("a", 1);
    map.set("b", 2);
    map.set("a", 3);
    map.set("c", 4);
    expect([...map.entries()]).toEqual([
      ["a", 3],
      ["c", 4],
    ]);
  });

  it("never has more than it may", () => {
    fc.assert(
      fc.property(fc.nat(5), fc.array(fc.string({ maxLength: 1 })), (most, keys) => {
        const map = createRecentMap<string>(most);
        for (const key of keys) map.set(key, key);
        const recent = [...new Set(keys.toReversed())].slice(0, most);
        expect(Array.from(map.entries(), ([key]) => key).toReversed()).toEqual(recent);
        expect(map.size).toBe(recent.length);
      }),
    );
  });
});
