import { describe, expect, it } from "vitest";
import { hashCode, isCodeOf, mintJoinCode, readJoinCode, showJoinCode } from "./join-code.ts";

describe("a join code", () => {
  it("is shown in two halves, and read back however it was typed", () => {
    const code = mintJoinCode();
    expect(showJoinCode(code)).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(readJoinCode(` ${showJoinCode(code).toLowerCase()} `)).toBe(code);
  });

  it("is read as what its letters look like", () => {
    expect(readJoinCode("oOiI-lL2z")).toBe("0011112Z");
  });

  it.each(["", "K7QF-4TM", "K7QF-4TM22", "K7QF-4TMU", "K7QF_4TM2", "../../../"])("%j is none", (text) => {
    expect(readJoinCode(text)).toBeUndefined();
  });

  it("is kept as a hash that is of use on its own bridge only", () => {
    const hash = hashCode("K7QF4TM2", "here");
    expect(hash).not.toContain("K7QF");
    expect(isCodeOf(hash, "K7QF4TM2", "here")).toBe(true);
    expect(isCodeOf(hash, "K7QF4TM3", "here")).toBe(false);
    expect(isCodeOf(hash, "K7QF4TM2", "elsewhere")).toBe(false);
  });
});
