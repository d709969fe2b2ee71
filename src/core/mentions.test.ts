import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { maxContentBytes } from "./limits.ts";
import { mentionsIn } from "./mentions.ts";

const fence = "```";

describe("a mention", () => {
  it.each([
    ["@mac/reviewer look", ["mac/reviewer"]],
    ["(@a) [@b], *@c*: @d!", ["a", "b", "c", "d"]],
    ["- @a\n-@b\n> @c", ["a", "b", "c"]],
    ["@a and @a again", ["a"]],
    ["@mac/reviewer's turn", ["mac/reviewer"]],
    ["@日本語/レビュー。 @Jürgen/ü", ["日本語/レビュー", "Jürgen/ü"]],
    ["@mac/one.two-3_4", ["mac/one.two-3_4"]],
  ])("is a name behind an @: %j", (text, names) => {
    expect(mentionsIn(text)).toEqual(names);
  });

  it("may end a sentence, and may end in a dot itself", () => {
    expect(mentionsIn("ask @reviewer.")).toEqual(["reviewer.", "reviewer"]);
    expect(mentionsIn("ask @reviewer...--")).toEqual(["reviewer...--", "reviewer"]);
    expect(mentionsIn(`ask @reviewer${".".repeat(500)}`)).toEqual(["reviewer"]);
  });

  it.each(["tom@mac", "tom+x@mac", "https://example.org/@mac", "@@mac", "@ mac", "@", `@${"x".repeat(129)}`])(
    "is not in %j",
    (text) => {
      expect(mentionsIn(text)).toEqual([]);
    },
  );

  it("is the whole of a path, not its beginning", () => {
    expect(mentionsIn("npm i @mac/reviewer/lib")).toEqual(["mac/reviewer/lib"]);
  });
});

describe("code", () => {
  it.each([
    ["`@a` @b", ["b"]],
    ["``@a ` `` @b", ["b"]],
    ["`@a\n@a` @b", ["b"]],
    [`${fence}\n@a\n${fence}\n@b`, ["b"]],
    [`${fence}ts @a\r\n@a\r\n${fence}\r\n@b`, ["b"]],
    ["~~~~\n@a\n~~~\n@a\n~~~~~\n@b", ["b"]],
    [`${fence}\n@a\n~~~\n@a\n${fence} ts\n@a`, []],
    [`${fence}@a${fence} @b`, ["b"]],
  ])("has no mentions: %j", (text, names) => {
    expect(mentionsIn(text)).toEqual(names);
  });

  it.each(["` @b", "`` @b `", "`\n\n@b `", `it's ${fence} @b`])("is not begun by what is never closed: %j", (text) => {
    expect(mentionsIn(text)).toEqual(["b"]);
  });

  it("hides what is in a fence, whatever it is", () => {
    const line = fc.string({ unit: fc.constantFrom("@", "a", "`", "~", " ", "/", "\t"), maxLength: 20 });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const inside = lines.filter((text) => !/^ {0,3}`{3,}\s*$/.test(text)).join("\n");
        expect(mentionsIn(`${fence}\n${inside}\n${fence}\n@z`)).toEqual(["z"]);
      }),
    );
  });
});

describe("hostile text", () => {
  afterEach(() => vi.restoreAllMocks());

  const rising = Array.from({ length: 500 }, (_, length) => "`".repeat(length)).join(" ");
  it.each(["`", "@", "@a.", "@a ", " ```", "```\n", "```\r", "```x\r", "\n ", "@a/", "~~~`", `${rising}\n`])(
    "costs work in proportion to its length: %j again and again",
    (piece) => {
      const tokens = vi.spyOn(RegExp.prototype, "exec");
      const lookedUp = vi.spyOn(Map.prototype, "get");
      mentionsIn(`@a ${piece.repeat(maxContentBytes / piece.length)}`);
      expect(tokens).toHaveBeenCalled();
      expect(tokens.mock.calls.length + lookedUp.mock.calls.length).toBeLessThanOrEqual(2 * maxContentBytes);
    },
  );
});
