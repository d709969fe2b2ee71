import { describe, expect, it } from "vitest";
import { parseOriginalTime } from "./original-time.ts";

describe("parseOriginalTime", () => {
  it.each([
    ["2026-11-22T10:36:57.739294Z", 1_795_343_817_739_294],
    ["2026-11-22T10:36:57Z", 1_795_343_817_000_000],
    ["2026-11-22T10:36:57.5Z", 1_795_343_817_500_000],
    ["2026-11-22 10:36:57.739294", 1_795_343_817_739_294],
    ["2026-11-22T12:36:57.739294+02:00", 1_795_343_817_739_294],
    ["2026-11-22T10:36:57.123456789Z", 1_795_343_817_123_456],
  ])("reads %s to the microsecond", (text, micros) => {
    expect(parseOriginalTime(text)).toBe(micros);
  });

  it.each(["", "yesterday", "2026-13-40T00:00:00Z", "1795343817", "1969-12-31T23:59:59Z"])("gives up on %j", (text) => {
    expect(parseOriginalTime(text)).toBeUndefined();
  });
});
