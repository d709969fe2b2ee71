import { expect, it } from "vitest";
import { separate } from "./input.ts";

it("takes the wheel, clicks and focus out of what is typed", () => {
  const { text, events, unfinished } = separate(
    "a\u{1b}[<64;10;5Mb\u{1b}[<65;1;1M\u{1b}[<0;3;4M\u{1b}[<0;3;4m\u{1b}[Ic\u{1b}[O",
  );
  expect({ text, unfinished }).toEqual({ text: "abc", unfinished: "" });
  expect(events).toEqual([
    { kind: "wheel", lines: -3, column: 9, row: 4 },
    { kind: "wheel", lines: 3, column: 0, row: 0 },
    { kind: "click", column: 2, row: 3 },
    { kind: "focus", isFocused: true },
    { kind: "focus", isFocused: false },
  ]);
});

it("keeps a report that has not come whole, and leaves keys alone", () => {
  expect(separate("\u{1b}[<64;1")).toEqual({ text: "", events: [], unfinished: "\u{1b}[<64;1" });
  for (const keys of ["\u{1b}", "\u{1b}[A", "\u{1b}[200~pasted\u{1b}[201~", "\u{1b}OP"]) {
    expect(separate(keys)).toEqual({ text: keys, events: [], unfinished: "" });
  }
});
