import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseInput } from "./parse.ts";

const schema = z.object({
  channel: z.string().min(1).max(3),
  limit: z.int().min(1).optional(),
  nested: z.strictObject({ a: z.number() }).optional(),
});

describe("input", () => {
  it.each([
    [{}, "channel", "missing or empty: channel"],
    [{ channel: "" }, "channel", "missing or empty: channel"],
    [{ channel: 5 }, "channel", "missing or empty: channel"],
    [{ channel: "long" }, "channel", "channel: must be at most 3 characters"],
    [{ channel: "a", limit: 0 }, "limit", "limit: must be at least 1"],
    [{ channel: "a", nested: { a: "x" } }, "nested.a", "nested.a: must be a number"],
    [{ channel: "a", nested: { a: 1, b: 2 } }, "nested.b", "nested.b: no such field"],
    ["text", undefined, "input must be a JSON object"],
    [null, undefined, "input must be a JSON object"],
    [[], undefined, "input must be a JSON object"],
  ])("%j is refused by the name of its field", (input, field, message) => {
    expect(() => parseInput(schema, input)).toThrow(expect.objectContaining({ code: "invalid_input", field, message }));
  });

  it("names the first field that is wrong", () => {
    expect(() => parseInput(schema, { channel: "", limit: 0 })).toThrow(expect.objectContaining({ field: "channel" }));
  });

  it("is what the schema makes of it", () => {
    expect(parseInput(schema, { channel: "a", extra: 1 })).toEqual({ channel: "a" });
  });
});
