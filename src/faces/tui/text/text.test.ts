import { describe, expect, it } from "vitest";
import { shown, shownLines } from "./shown.ts";
import { cut, fit, widthOf, wrap } from "./width.ts";

describe("a text from outside", () => {
  it("has nothing in it that a terminal obeys, or that is hidden", () => {
    expect(shown("a\u{1b}[31mred\u{7}\u{9b}x")).toBe(String.raw`a\u{1b}[31mred\u{7}\u{9b}x`);
    expect(shown("safe\u{202e}txt.exe")).toBe(String.raw`safe\u{202e}txt.exe`);
    expect(shown("a\u{200b}b")).toBe(String.raw`a\u{200b}b`);
  });

  it("is one line where a line is wanted", () => {
    expect(shown("one\r\ntwo\tthree\n\nfour")).toBe("one two three four");
    expect(shownLines("one\r\ntwo\tthree", 100)).toBe("one\ntwo    three");
  });

  it("has only pictures of which terminals agree how wide they are", () => {
    expect(shown("👨\u{200d}👩\u{200d}👧 👍🏽 ❤️ 🇩🇪 1️⃣")).toBe("👨👩👧 👍 ❤ DE 1");
  });

  it("has no tower of marks", () => {
    expect(shown(`a${"\u{301}\u{302}\u{303}".repeat(50)}`).length).toBeLessThan(6);
  });

  it("is cut before anything is done with it, and never through a character", () => {
    expect(shown("x".repeat(1_000_000)).length).toBe(2000);
    expect(shown("😀".repeat(5000), 3)).toBe("😀");
  });
});

describe("the width of a text", () => {
  it("counts wide characters as two cells, and marks as none", () => {
    expect(widthOf("abc")).toBe(3);
    expect(widthOf("日本語")).toBe(6);
    expect(widthOf("한국")).toBe(4);
    expect(widthOf("e\u{301}")).toBe(1);
    expect(widthOf("😀")).toBe(2);
    expect(widthOf("●◆✓…→")).toBe(5);
  });

  it("is never exceeded by what is cut or filled", () => {
    expect(cut("日本語", 4)).toBe("日…");
    expect(cut("hello", 5)).toBe("hello");
    expect(cut("hello", 0)).toBe("");
    expect(fit("日本", 5)).toBe("日本 ");
    expect(fit("42", 5, "right")).toBe("   42");
    for (const text of ["日本語テキスト", "a😀b😀c", "plain text", ""]) {
      for (let width = 0; width < 12; width += 1) expect(widthOf(fit(text, width))).toBe(width);
    }
  });

  it("is kept by every line of a text that is wrapped", () => {
    expect(wrap("the quick brown fox", 9, 10)).toEqual(["the quick", "brown fox"]);
    expect(wrap("日本語日本語", 4, 10)).toEqual(["日本", "語日", "本語"]);
    expect(wrap("a\n\nb", 5, 10)).toEqual(["a", "", "b"]);
    expect(wrap("one two three four", 5, 2)).toEqual(["one", "two…"]);
  });
});
