import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visible } from "./visible.ts";

const at = (...points: number[]) => String.fromCodePoint(...points);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("makes visible", () => {
  it.each([
    ["a colour", "a\u001b[31mred", "a\\u{1b}[31mred"],
    ["a terminal's title", "\u001b]0;x\u0007", "\\u{1b}]0;x\\u{7}"],
    ["a control of eight bits", "\u009b31m", "\\u{9b}31m"],
    ["a line that overwrites", "evil\rgood", "evil\\u{d}good"],
    ["text that runs backwards", "\u202egnp.exe", "\\u{202e}gnp.exe"],
    ["a space of no width", "pass\u200bword", "pass\\u{200b}word"],
    ["a joiner between letters", "pass\u200dword\u200c", "pass\\u{200d}word\\u{200c}"],
    ["a byte order mark", "\ufeffx", "\\u{feff}x"],
    ["a soft hyphen", "a\u00adb", "a\\u{ad}b"],
    ["tags", "x\u{e0001}\u{e0041}", "x\\u{e0001}\\u{e0041}"],
    ["tags of a flag", "🏴\u{e0067}\u{e007f}", "🏴\\u{e0067}\\u{e007f}"],
    ["bytes in selectors", "😀\ufe0f\ufe0e\u{e0100}", "😀\ufe0f\\u{fe0e}\\u{e0100}"],
    ["a selector behind a letter", "a\ufe0f\u200d😀", "a\\u{fe0f}\\u{200d}😀"],
    ["joiners one behind the other", "می\u200c\u200cخ", "می\u200c\\u{200c}خ"],
    ["a blank that is a letter", "\u3164\u115f\uffa0", "\\u{3164}\\u{115f}\\u{ffa0}"],
    ["half a pair", "a\ud83d", "a\\u{d83d}"],
    ["an annotation", "\ufff9x\ufffay\ufffb", "\\u{fff9}x\\u{fffa}y\\u{fffb}"],
    ["a noncharacter", "\ufdd0\u{10ffff}", "\\u{fdd0}\\u{10ffff}"],
  ])("%s", (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each([
    ["controls", [...range(0, 8), ...range(0xb, 0x1f), ...range(0x7f, 0x9f)]],
    ["bidirectional controls", [...range(0x202a, 0x202e), ...range(0x2066, 0x2069), 0x200e, 0x200f, 0x61c]],
    ["separators of lines", [0x2028, 0x2029]],
    ["what has no width", [0x200b, 0x200c, 0x200d, 0x2060, 0x2061, 0x2064, 0xfeff, 0xad, 0x34f, 0x180e]],
    ["selectors", [...range(0xfe00, 0xfe0f), ...range(0xe0100, 0xe01ef)]],
    ["tags", range(0xe0000, 0xe007f)],
    ["halves of pairs", [0xd800, 0xdbff, 0xdc00, 0xdfff]],
  ])("all %s, each by its own name", (_what, points) => {
    for (const point of points) expect(visible(`a${at(point)}b`)).toBe(`a\\u{${point.toString(16)}}b`);
  });

  it("line ends and tabs only where one line is wanted", () => {
    expect(visible("a\r\n\tb\n")).toBe("a\n\tb\n");
    expect(visible("a\r\n\tb", { keepsLines: false })).toBe("a\\u{d}\\u{a}\\u{9}b");
  });
});

const ordinary = [
  "plain text, {\\u{1b}} as it is written",
  "👩‍👩‍👧 👩🏽‍🚀 👩‍❤️‍👨 🏳️‍🌈 1️⃣ ™️ ✔︎ 🇫🇷",
  "مرحبا بالعالم، می‌خواهم",
  "שָׁלוֹם עוֹלָם",
  "漢字かな한국어 中文，。",
  "e\u0301 n\u0303 Z͑ͫ̓ͪ̂ͫ",
  "क्‍ष ක්‍ර ന്‍ র‍্য",
  "ᠮᠣᠩᠭᠣᠯ ᠠ᠋",
  "non\u00a0breaking\u3000spaces",
  "\ue0b0 an icon of a terminal",
];

describe("leaves as it is", () => {
  it.each(ordinary)("%s", (text) => {
    expect(visible(text)).toBe(text);
  });

  it("a long text, soon", () => {
    const text = "👩‍👩‍👧 می‌خواهم ".repeat(10_000);
    expect(visible(text)).toBe(text);
  });
});

describe("of any text", () => {
  const parts = [
    "\u001b \r \n \t \u200b \u200c \u200d \u200e \u202e \u2066 \u2028 \ufeff \u00ad \u034f \u180b \u3164 \ufe0e \ufe0f",
    "\ufff9 \u{e0041} \u{e0100} \ud83d 😀 🏽 ❤ م ක \u0dca ᠠ a 1 漢 \\u{ }",
  ];
  const hostile = fc.constantFrom(...parts.flatMap((row) => row.split(" ")));
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(hostile, { maxLength: 40 }).map((chosen) => chosen.join("")),
  );
  const never =
    /(?![\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\u200b\ufeff\u00ad\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u;
  const joined = /(?:\u200c|\u200d|[\ufe00-\ufe0f]|[\u180b-\u180f]){2}/u;

  it("nothing hidden is left, but single ones that shape what they stand behind", () => {
    fc.assert(
      fc.property(text, (value) => {
        const shown = visible(value);
        expect(shown).not.toMatch(never);
        expect(shown.replaceAll("\ufe0f\u200d", "")).not.toMatch(joined);
        expect(visible(value, { keepsLines: false })).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 2000 },
    );
  });

  it("twice is as once", () => {
    fc.assert(
      fc.property(text, fc.boolean(), (value, keepsLines) => {
        const shown = visible(value, { keepsLines });
        expect(visible(shown, { keepsLines })).toBe(shown);
      }),
      { numRuns: 2000 },
    );
  });

  it("what is shown tells what was there", () => {
    fc.assert(
      fc.property(text, (value) => {
        const read = visible(value, { keepsLines: false }).replaceAll(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) =>
          at(parseInt(hex, 16)),
        );
        fc.pre(!value.includes("\\u{"));
        expect(read).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });
});
