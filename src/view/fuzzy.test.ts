import { describe, expect, it } from "vitest";
import { fitting, misfit } from "./fuzzy.ts";

const found = (items: readonly string[], typed: string, most = 10) => fitting(items, typed, (item) => item, most);

describe("what was typed", () => {
  it("fits a text that has its characters in order, whatever their case", () => {
    expect(misfit("payments:worker", "PW")).toBeDefined();
    expect(misfit("payments:worker", "pay wo")).toBeDefined();
    expect(misfit("payments:worker", "wp")).toBeUndefined();
  });

  it("finds beginnings of words first, then pieces, then what is scattered, and of two alike the shorter", () => {
    const all = ["a whole raked cake", "networker", "payments:workers", "payments:worker"];
    expect(found(all, "worke")).toEqual(["payments:worker", "payments:workers", "networker", all[0]]);
    expect(found(all, "wrk")[0]).toBe("payments:worker");
  });

  it("finds so many and no more, and all of them in their order while nothing is typed", () => {
    expect(found(["b", "a", "c"], " ", 2)).toEqual(["b", "a"]);
    expect(found(["b", "ab", "cb"], "b", 1)).toEqual(["b"]);
  });

  it("finds nothing in what looks like a pattern but for the same", () => {
    expect(found(["x:[/y]", "abc"], "[/")).toEqual(["x:[/y]"]);
    expect(found(["abc"], ".*")).toEqual([]);
  });
});
