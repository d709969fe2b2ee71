import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEventParser, type StreamEvent } from "./event-parser.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function parse(chunks: readonly Uint8Array[]): readonly StreamEvent[] {
  const parser = createEventParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
}

const parseText = (...texts: readonly string[]) => parse(texts.map(bytesOf));
const event = (data: string, more: object = {}) => ({ kind: "event", event: "message", id: "", data, ...more });

describe("a stream of events", () => {
  it("is read as a bridge writes it", () => {
    const text = `: ping\r\n\r\nid: a-1\r\nevent: clear\r\ndata: {"x": 1}\r\n\r\n`;
    expect(parseText(text)).toEqual([event('{"x": 1}', { event: "clear", id: "a-1" })]);
  });

  it.each(["\n", "\r", "\r\n"])("may end its lines in %j", (end) => {
    expect(parseText(["data: a", "data:b", "", "data", "", ""].join(end))).toEqual([event("a\nb"), event("")]);
  });

  it("gives an event when its line has ended in CR, without waiting for LF", () => {
    expect(parseText("data: a\r\r", "\ndata: b\n\n")).toEqual([event("a"), event("b")]);
  });

  it("keeps the id until another comes, also from an event without data", () => {
    const text = "id: 1\ndata: a\n\nid: 2\n\ndata: b\n\nid: with\0nul\ndata: c\n\nid\ndata: d\n\n";
    const ids = parseText(text).map((found) => ("id" in found ? found.id : undefined));
    expect(ids).toEqual(["1", "2", "2", ""]);
  });

  it("takes one blank from a value, and skips what it does not know", () => {
    expect(parseText("data:  two\nwhat: else\n:data: no\ndata : no\n\n")).toEqual([event(" two")]);
  });

  it("tells how long to wait, where that is a number", () => {
    expect(parseText("retry: 300\nretry: soon\nretry:\n\n")).toEqual([{ kind: "retry", ms: 300 }]);
  });

  it("skips the mark of UTF-8 at its beginning, and the event that was cut off at its end", () => {
    expect(parseText("\uFEFFdata: a\n\ndata: cut\n")).toEqual([event("a")]);
  });

  it("says the same however its bytes are cut", () => {
    const piece = fc.oneof(
      fc.constantFrom("\r", "\n", "\r\n", "\n\n", ":", " ", "\0", "\uFEFF", "data: ", "id: ", "event: x", "retry: 7"),
      fc.string({ unit: "binary", maxLength: 4 }),
    );
    const bytes = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((pieces) => bytesOf(pieces.join(""))),
      fc.uint8Array({ maxLength: 80 }),
    );
    const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 20 });
    fc.assert(
      fc.property(bytes, cuts, (whole, at) => {
        const edges = [0, ...at.map((cut) => Math.min(cut, whole.length)).toSorted((a, b) => a - b), whole.length];
        const chunks = edges.slice(1).map((edge, index) => whole.subarray(edges[index], edge));
        const slices = Array.from(whole, (byte) => Uint8Array.of(byte));
        expect(parse(chunks)).toEqual(parse([whole]));
        expect(parse(slices)).toEqual(parse([whole]));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["a line that does not end", ["data: ".padEnd(4_194_305, "x")]],
    ["lines that make no event", Array.from({ length: 5 }, () => `data: ${"x".repeat(1_000_000)}\n`)],
  ])("is left when it is too long to be a bridge's: %s", (_name, texts) => {
    expect(() => parseText(...texts)).toThrow(expect.objectContaining({ code: "unexpected_answer" }));
  });
});
