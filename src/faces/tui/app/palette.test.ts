import { expect, it } from "vitest";
import { scoreOf } from "./palette.ts";

const best = (wanted: string, ...names: readonly string[]) =>
  names
    .map((name) => ({ name, score: scoreOf(name, wanted) }))
    .filter(({ score }) => score !== undefined)
    .toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0))
    .map(({ name }) => name);

it("finds a name by letters in their order, and puts beginnings of words first", () => {
  expect(best("wor", "payments:worker", "networking", "window of orders", "reviewer")).toEqual([
    "payments:worker",
    "networking",
    "window of orders",
  ]);
});

it("finds everything while nothing is typed", () => {
  expect(scoreOf("anything", "")).toBe(0);
});
