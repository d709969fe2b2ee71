import { expect, it } from "vitest";
import { bytes } from "./bytes.ts";
import { limitWords } from "./limit-words.ts";

it.each([
  [0, "0 B"],
  [214, "214 B"],
  [131_072, "128 KiB"],
  [1_900_000, "1.8 MiB"],
  [99_000_000_000, "92 GiB"],
])("a size of %d is %s", (size, words) => expect(bytes(size)).toBe(words));

it("says what a limit is of, and says so where there is none", () => {
  expect(limitWords("maxMessageBytes", 131_072)).toEqual(["One message", "128 KiB"]);
  expect(limitWords("maxMessagesPerMinute", 0)).toEqual(["Messages a minute of one machine", "no limit"]);
  expect(limitWords("maxNew\u{202e}", 3)).toEqual(["maxNew\\u{202e}", "3"]);
});
