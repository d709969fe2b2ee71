import { expect, it } from "vitest";
import { wordsOf } from "./search-words.ts";

const words = (text: string) => wordsOf(text).map(({ word }) => word);

it.each([
  ["Run the tests, then push_v2!", ["run", "the", "tests", "then", "push", "v2"]],
  ["Größe ÉCOLE ﬁn İ", ["große", "ecole", "fin", "i"]],
  ["東京タワーtest", ["東", "京", "タ", "ワ", "ー", "test"]],
  ["done🦀🦀", ["done", "🦀", "🦀"]],
  ["نص عربي", ["نص", "عربي"]],
  ["\u0301 ͺ … ½", ["12"]],
  ["", []],
])("the words of %j", (text, expected) => {
  expect(words(text)).toEqual(expected);
});

it("says where they are", () => {
  const text = "é: Größe";
  expect(wordsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(["é", "Größe"]);
});

it("cuts long ones, and never a pair in two", () => {
  expect(words("a".repeat(100))).toEqual(["a".repeat(64)]);
  expect(words(`${"a".repeat(63)}${"𝒳𐐷".normalize("NFC")}`)[0]?.isWellFormed()).toBe(true);
});
