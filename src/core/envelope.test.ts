import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Envelope, envelope, readContent, sealEnvelope } from "./envelope.ts";

const minimal = { schema_version: 1 as const, type: "task", content: "go" };
const read = (fields: object) => readContent(JSON.stringify({ ...minimal, ...fields }));

/** `levels` arrays in one another. */
const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));
/** An object of exactly this many bytes as JSON. */
const objectOf = (bytes: number, letter = "a") => ({ k: letter.repeat((bytes - 8) / Buffer.byteLength(letter)) });

const text256 = "a".repeat(256);
const artifact = { uri: "file:///x" };

describe("an envelope", () => {
  it("needs a version, a type and a content", () => {
    expect(read({})).toMatchObject({ encoding: "structured", envelope: minimal });
  });

  it.each([
    ["type", "one letter", "a"],
    ["type", "all its signs", "a.b_c-9"],
    ["type", "64 long", "a".repeat(64)],
    ["content", "null", null],
    ["content", "empty", ""],
    ["content", "zero", 0],
    ["content", "an object", { any: ["json"] }],
    ["content", "16 deep", nested(16)],
    ["thread_id", "256 long", text256],
    ["reply_to", "256 long", text256],
    ["correlation_id", "256 long", text256],
    ["causation_id", "256 long", text256],
    ["recipient", "256 long", text256],
    ["dedupe_key", "256 long", text256],
    ["created_at", "in UTC", "2026-11-22T10:36:57Z"],
    ["created_at", "with an offset", "2026-11-22T10:36:57.739294+01:00"],
    ["artifacts", "none", []],
    ["artifacts", "32", Array.from({ length: 32 }, () => artifact)],
    ["artifacts", "a uri of 4096", [{ uri: "u".repeat(4096) }]],
    [
      "artifacts",
      "every field",
      [{ ...artifact, name: text256, media_type: "text/plain", size_bytes: 0, metadata: {} }],
    ],
    ["artifacts", "a digest in any case", [{ ...artifact, sha256: `${"0aF".repeat(21)}0` }]],
    ["artifacts", "metadata of 16 KiB", [{ ...artifact, metadata: objectOf(16_384) }]],
    ["metadata", "empty", {}],
    ["metadata", "of 16 KiB", objectOf(16_384)],
    ["metadata", "of 16 KiB in two-byte letters", objectOf(16_384, "é")],
    ["metadata", "16 deep", { k: nested(15) }],
    ["extensions", "of 16 KiB", objectOf(16_384)],
  ])("may have %s: %s", (field, _what, value) => {
    expect(read({ [field]: value })).toMatchObject({ encoding: "structured" });
  });

  it.each([
    ["type", "empty", ""],
    ["type", "65 long", "a".repeat(65)],
    ["type", "with a capital", "Task"],
    ["type", "a digit first", "9a"],
    ["type", "a dot first", ".a"],
    ["type", "with a blank", "a b"],
    ["type", "with a line end", "a\n"],
    ["type", "a number", 5],
    ["content", "17 deep", nested(17)],
    ["thread_id", "257 long", `${text256}a`],
    ["thread_id", "empty", ""],
    ["thread_id", "null", null],
    ["reply_to", "257 long", `${text256}a`],
    ["correlation_id", "257 long", `${text256}a`],
    ["causation_id", "257 long", `${text256}a`],
    ["recipient", "257 long", `${text256}a`],
    ["recipient", "a number", 5],
    ["dedupe_key", "257 long", `${text256}a`],
    ["created_at", "without an offset", "2026-11-22T10:36:57"],
    ["created_at", "a day", "2026-11-22"],
    ["created_at", "no day", "2026-13-22T10:36:57Z"],
    ["created_at", "a number", 1_763_808_000],
    ["artifacts", "33", Array.from({ length: 33 }, () => artifact)],
    ["artifacts", "an object", {}],
    ["artifacts", "without a uri", [{}]],
    ["artifacts", "an empty uri", [{ uri: "" }]],
    ["artifacts", "a uri of 4097", [{ uri: "u".repeat(4097) }]],
    ["artifacts", "a negative size", [{ ...artifact, size_bytes: -1 }]],
    ["artifacts", "half a byte", [{ ...artifact, size_bytes: 1.5 }]],
    ["artifacts", "a digest of 63", [{ ...artifact, sha256: "a".repeat(63) }]],
    ["artifacts", "a digest with g", [{ ...artifact, sha256: "g".repeat(64) }]],
    ["artifacts", "metadata that is a list", [{ ...artifact, metadata: [] }]],
    ["artifacts", "metadata over 16 KiB", [{ ...artifact, metadata: objectOf(16_385) }]],
    ["artifacts", "an unknown field", [{ ...artifact, unknown: 1 }]],
    ["metadata", "a list", []],
    ["metadata", "text", "x"],
    ["metadata", "over 16 KiB", objectOf(16_385)],
    ["metadata", "over 16 KiB in two-byte letters", objectOf(16_386, "é")],
    ["metadata", "17 deep", { k: nested(16) }],
    ["extensions", "over 16 KiB", objectOf(16_385)],
  ])("may not have %s: %s", (field, _what, value) => {
    const reading = read({ [field]: value });
    expect(reading).toMatchObject({ encoding: "invalid" });
    expect(reading).toHaveProperty("warning", expect.stringContaining(field));
  });

  it("may not have a field that the protocol does not know", () => {
    expect(read({ thread: "t" })).toMatchObject({
      encoding: "invalid",
      warning: "thread: no such field",
    });
  });

  it.each([[2], [0], ["1"], [null], [1.5], [[1]]])(
    "of version %j is left alone, and said to be unsupported",
    (version) => {
      expect(read({ schema_version: version })).toMatchObject({
        encoding: "unsupported",
        warning: "schema_version is not 1",
      });
    },
  );
});

describe("sealing an envelope", () => {
  it("makes one text of equal envelopes: keys sorted, no blanks", () => {
    const { schema_version, type, content } = minimal;
    const expected = '{"content":"go","schema_version":1,"type":"task"}';
    expect([sealEnvelope({ type, content, schema_version }), sealEnvelope(minimal)]).toEqual([expected, expected]);
  });

  it("keeps everything that the envelope says", () => {
    const ids = fc.string({ minLength: 1, maxLength: 256, unit: "binary" });
    const envelopes = fc.record(
      {
        schema_version: fc.constant(1 as const),
        type: fc.stringMatching(/^[a-z][a-z0-9._-]{0,20}$/),
        content: fc.jsonValue({ maxDepth: 4 }),
        thread_id: ids,
        recipient: ids,
        metadata: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 }),
      },
      { requiredKeys: ["schema_version", "type", "content"] },
    );
    fc.assert(
      fc.property(envelopes, (value) => {
        const given = JSON.parse(JSON.stringify(value)) as Envelope;
        const reading = readContent(sealEnvelope(envelope.parse(given)));
        expect(reading).toMatchObject({ encoding: "structured" });
        expect(reading).toHaveProperty("value", given);
        expect(reading).toHaveProperty("envelope", given);
      }),
    );
  });

  it("keeps keys that mean something to JavaScript only", () => {
    const given = JSON.parse(
      '{"schema_version":1,"type":"a","content":"x","metadata":{"__proto__":1,"constructor":2}}',
    );
    expect(sealEnvelope(envelope.parse(given))).toContain('"metadata":{"__proto__":1,"constructor":2}');
  });

  it("makes well-formed text also of half a surrogate pair", () => {
    const sealed = sealEnvelope({ ...minimal, content: "\ud800", thread_id: "\udc00" });
    expect(sealed.isWellFormed()).toBe(true);
    expect(readContent(sealed)).toMatchObject({ encoding: "structured", envelope: { content: "\ud800" } });
  });
});

describe("reading a content", () => {
  it.each([
    "plain text",
    "",
    "{ is how this sentence starts",
    "[see below] there is more",
    "{}}",
    '{"a":NaN}',
    '{"a":Infinity}',
    "{'a':1}",
    '{"a":undefined}',
    '"a string"',
    "12",
    "null",
    "\ufeff{}",
  ])("takes %j for text", (content) => {
    expect(readContent(content)).toEqual({ encoding: "legacy_text" });
  });

  it.each([
    ["{}", {}],
    [" \n[1]", [1]],
    ['{"schema_version":1,"type":"task"}', { schema_version: 1, type: "task" }],
    ['{"type":"task","content":"go"}', { type: "task", content: "go" }],
    ['{"schema_version":1,"content":"go"}', { schema_version: 1, content: "go" }],
    ["[1e999]", [Number.POSITIVE_INFINITY]],
    ['{"a":"\\ud800"}', { a: "\ud800" }],
  ])("takes %s for loose JSON", (content, value) => {
    expect(readContent(content)).toEqual({ encoding: "legacy_json", value });
  });

  it("takes apart what nests 64 deep, and leaves deeper JSON as text with a word on it", () => {
    const [deep, deeper] = [64, 65].map((levels) => readContent("[".repeat(levels) + "]".repeat(levels)));
    expect(deep).toHaveProperty("value");
    expect(deeper).toEqual({ encoding: "legacy_json", warning: "nests deeper than 64: left as text" });
  });

  it("is not overcome by as many brackets as a message can hold", () => {
    expect(readContent("[".repeat(65_536) + "]".repeat(65_536))).toMatchObject({ encoding: "legacy_json" });
    expect(readContent("[".repeat(131_072))).toEqual({ encoding: "legacy_text" });
    expect(readContent('{"a":'.repeat(20_000) + "1" + "}".repeat(20_000))).toMatchObject({ encoding: "legacy_json" });
  });

  it("never throws, and what it found can be written as JSON again", () => {
    const contents = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.string().map((text) => `{${text}`),
    );
    fc.assert(
      fc.property(contents, (content) => {
        expect(JSON.stringify(readContent(content))).toBeTypeOf("string");
      }),
    );
  });
});
