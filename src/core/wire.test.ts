import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sealEnvelope } from "./envelope.ts";
import type { ChannelName, Message, MessageId, Seq } from "./message.ts";
import { unknownProvenance } from "./provenance.ts";
import { toWire, wireMessage } from "./wire.ts";

const messageWith = (content: string): Message => ({
  kind: "message",
  seq: 7 as Seq,
  prev: 3 as Seq,
  id: "id-7" as MessageId,
  channel: "demo:a" as ChannelName,
  sender: "mac",
  provenance: unknownProvenance,
  content,
  acceptedAt: Date.UTC(2026, 10, 22, 10, 36, 57),
});

const row = (content: string) => toWire(messageWith(content), "row");

describe("a preview", () => {
  it.each([
    ["short", "short"],
    ["a".repeat(200), "a".repeat(200)],
    ["a".repeat(201), `${"a".repeat(200)}…`],
    ["😀".repeat(200), "😀".repeat(200)],
    ["😀".repeat(201), `${"😀".repeat(200)}…`],
    [`a${"😀".repeat(200)}`, `a${"😀".repeat(199)}…`],
  ])("of %s", (content, preview) => {
    expect(row(content).preview).toBe(preview);
  });

  it("has at most 200 characters and a mark, and never half of one", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "é", "😀"), minLength: 150, maxLength: 450 });
    fc.assert(
      fc.property(texts, (content) => {
        const { preview } = row(content);
        const characters = Array.from(content);
        const expected = characters.length > 200 ? `${characters.slice(0, 200).join("")}…` : content;
        expect(preview).toBe(expected);
        expect(preview.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("a message on the wire", () => {
  it("has its time under the three names that clients read", () => {
    const stamp = "2026-11-22T10:36:57.000000Z";
    expect(row("x")).toMatchObject({ ts: stamp, ts_full: stamp, timestamp: stamp });
  });

  it("has its content in full, byte for byte, or not at all", () => {
    const content = `\t line\r\n${"é".repeat(300)}`;
    expect(toWire(messageWith(content), "text").content).toBe(content);
    expect(row(content)).not.toHaveProperty("content");
  });

  it.each([
    ["text", false],
    ["{prose} in braces", false],
    ['"text in quotes"', false],
    ["12", false],
    ['{"a":1}', true],
    ["  [1]", true],
    ['{"a":NaN}', false],
  ])("with the content %s: is_json is %s", (content, isJson) => {
    expect(row(content).is_json).toBe(isJson);
  });

  it("has the envelope taken out of it when asked, and why it cannot be", () => {
    const sealed = sealEnvelope({ schema_version: 1, type: "task", content: "go" });
    expect(toWire(messageWith(sealed), "parsed").message).toMatchObject({ type: "task", content: "go" });
    expect(toWire(messageWith(sealed), "text")).not.toHaveProperty("message");
    const unsupported = sealed.replace('"schema_version":1', '"schema_version":2');
    expect(toWire(messageWith(unsupported), "parsed")).toMatchObject({
      encoding: "unsupported",
      parse_warning: "schema_version is not 1",
    });
  });

  it("is always what its schema says, whatever the content", () => {
    const contents = fc.oneof(fc.string({ unit: "binary" }), fc.json());
    fc.assert(
      fc.property(contents, (content) => {
        const wire = toWire(messageWith(content), "parsed");
        expect(wireMessage.parse(wire)).toEqual(wire);
      }),
    );
  });
});
