import { describe, expect, it } from "vitest";
import { parseQuery } from "../client/index.ts";
import { chipOf, readQuery, withChip, withoutChip } from "./query-text.ts";

const now = 0;
const chipsOf = (text: string) => readQuery(text, now).chips.map((chip) => chip.text);

describe("a query in parts", () => {
  it("has each as it was written, and can go on without any of them", () => {
    const text = '  from:win/worker -"two words"  is:held ';
    expect(chipsOf(text)).toEqual(["from:win/worker", '-"two words"', "is:held"]);
    const [, second] = readQuery(text, now).chips;
    expect(second === undefined ? "" : withoutChip(text, second)).toBe("from:win/worker is:held");
  });

  it("says what is wrong with one that cannot be read", () => {
    expect(readQuery("is:happy", now)).toEqual({ chips: [], error: "is: takes unread, unanswered, held, question" });
  });

  it("takes a part once", () => {
    expect(withChip("", "is:held")).toBe("is:held");
    expect(withChip(withChip("a", "is:held"), "is:held")).toBe("a is:held");
  });

  it.each(["win/worker", "two words", 'with "quotes"', "//", "-", "from:x", "\u{202e}evil", "x:[/y]"])(
    "finds what has this name, as nothing else: %s",
    (name) => {
      const [part, ...others] = parseQuery(chipOf("from", name), now).parts;
      expect(others).toEqual([]);
      expect(part).toMatchObject({ kind: "from", value: name.replaceAll('"', "*"), negated: false });
    },
  );
});
