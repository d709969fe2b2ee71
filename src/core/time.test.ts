import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ago, formatDuration, formatTime } from "./time.ts";

const year2000 = Date.UTC(2000, 0);
const year2100 = Date.UTC(2100, 0);
const micros = fc.integer({ min: year2000 * 1000, max: year2100 * 1000 });

describe("a time stamp", () => {
  it.each([
    [0, "1970-01-01T00:00:00.000000Z"],
    [Date.UTC(2026, 10, 22, 10, 36, 57), "2026-11-22T10:36:57.000000Z"],
    [Date.UTC(2026, 10, 22, 10, 36, 57, 739), "2026-11-22T10:36:57.739000Z"],
    [Date.UTC(2026, 10, 22, 10, 36, 57, 739) + 0.294, "2026-11-22T10:36:57.739294Z"],
    [Date.UTC(2026, 10, 22, 10, 36, 57, 999) + 0.9999, "2026-11-22T10:36:58.000000Z"],
  ])("of %d is %s", (ms, expected) => {
    expect(formatTime(ms)).toBe(expected);
  });

  it("has six digits of a second always, so that whole seconds sort among the others", () => {
    expect(formatTime(1000) < formatTime(1000.001)).toBe(true);
    expect(formatTime(999.999) < formatTime(1000)).toBe(true);
  });

  it("sorts as text as it does in time", () => {
    fc.assert(
      fc.property(micros, micros, (a, b) => {
        expect(formatTime(a / 1000) < formatTime(b / 1000)).toBe(a < b);
      }),
    );
  });

  it("keeps the microseconds of an imported message", () => {
    fc.assert(
      fc.property(micros, (time) => {
        const stamp = formatTime(time / 1000);
        expect(Date.parse(`${stamp.slice(0, 19)}Z`) * 1000 + Number(stamp.slice(20, 26))).toBe(time);
      }),
    );
  });
});

describe("a duration", () => {
  it.each([
    [0, "00:00:00"],
    [9.9, "00:00:09"],
    [3_661, "01:01:01"],
    [86_399, "23:59:59"],
    [86_400, "1d 00:00:00"],
    [183_845, "2d 03:04:05"],
  ])("of %d seconds is %s", (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });
});

describe("how long ago something was", () => {
  it.each([
    [-5, "just now"],
    [1_499, "just now"],
    [12_000, "12 s ago"],
    [119_000, "119 s ago"],
    [180_000, "3 min ago"],
    [7_200_000, "2 h ago"],
    [432_000_000, "5 d ago"],
  ])("is said for people: %i ms", (ms, words) => {
    expect(ago(ms)).toBe(words);
  });
});
