import { describe, expect, it } from "vitest";
import type { z } from "zod";
import * as fields from "./fields.ts";

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

const names: [name: string, schema: z.ZodType, longest: number][] = [
  ["channel", fields.channel, 256],
  ["sender", fields.sender, 128],
  ["consumer id", fields.consumerId, 128],
  ["message id", fields.messageId, 256],
  ["idempotency key", fields.idempotencyKey, 256],
];

describe.each(names)("a %s", (_name, schema, longest) => {
  it(`has 1 to ${longest} characters`, () => {
    expect([0, 1, longest, longest + 1].map((length) => accepts(schema, "a".repeat(length)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it.each(["a b", "a/b", "日本語", "😀", "x:[/y]", "a*", "..", "a?b#c", "$(id)", "<b>"])("may be %s", (value) => {
    expect(accepts(schema, value)).toBe(true);
  });

  it.each([" a", "a ", "\u00a0a", "a\nb", "a\r\nb", "a\tb", "a\0b", "a\u007fb", "a\u0085b", "\ud800", "a\udc00"])(
    "may not be %j",
    (value) => {
      expect(accepts(schema, value)).toBe(false);
    },
  );

  it.each([null, undefined, 5, true, [], {}, ["a"]])("may not be %j", (value) => {
    expect(accepts(schema, value)).toBe(false);
  });
});

describe("a message's content", () => {
  it.each([" ", "\n", "\t a \r\n", "\u0001", "\u{e0041}", "x".repeat(1_000_000)])("may be any text", (value) => {
    expect(accepts(fields.content, value)).toBe(true);
  });

  it.each(["", "a\0b", "\ud800", "a\udc00b", 5, null, {}])("may not be %j", (value) => {
    expect(accepts(fields.content, value)).toBe(false);
  });

  it("is measured in bytes of UTF-8", () => {
    expect(["a", "é", "€", "😀", "a€"].map(fields.bytesOf)).toEqual([1, 2, 3, 4, 4]);
  });

  it.each(["", "a", "éa", "€€", "😀€a"])("is longer than a limit exactly where its bytes are more: %s", (text) => {
    const bytes = fields.bytesOf(text);
    expect([bytes - 1, bytes, bytes + 1].map((limit) => fields.isLongerThan(text, limit))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("a limit", () => {
  it("beyond a page is a page", () => {
    expect([1, 500, 501, 1e15].map((value) => fields.limit.parse(value))).toEqual([1, 500, 500, 500]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e20, "5", null])("may not be %s", (value) => {
    expect(accepts(fields.limit, value)).toBe(false);
  });
});

describe("a list of channels", () => {
  it.each([
    [["a"], true],
    [Array.from({ length: 64 }, (_, index) => `c${index}`), true],
    [Array.from({ length: 65 }, (_, index) => `c${index}`), false],
    [[], false],
    [[""], false],
    [["a\0"], false],
    ["a", false],
  ])("%j: %s", (value, expected) => {
    expect(accepts(fields.channels, value)).toBe(expected);
  });
});
