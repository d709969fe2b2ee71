import { describe, expect, it } from "vitest";
import type { ReceivedClear, ReceivedMessage } from "../../client/index.ts";
import { type Line, linesOf } from "./lines.ts";
import { type MessageRow, noticeRow, type Row } from "./rows.ts";

const noon = new Date(2026, 10, 22, 12).getTime();

let seq = 0;
function row(acceptedAt: number, more: Partial<ReceivedMessage> = {}): MessageRow {
  seq += 1;
  const own = {
    kind: "message",
    id: `m${seq}`,
    seq,
    sender: "win/worker",
    channel: "a:b",
    content: "x",
    isJson: false,
  };
  const message = { ...own, acceptedAt, ...more } as ReceivedMessage;
  return { kind: "message", key: message.id, message, receipts: [] };
}
const threaded = (acceptedAt: number, fields: object) =>
  row(acceptedAt, {
    isJson: true,
    content: JSON.stringify({ schema_version: 1, type: "note", content: "x", ...fields }),
  });
const flood = (count: number, from: number, perSecond: number, more: Partial<ReceivedMessage> = {}) =>
  Array.from({ length: count }, (_, at) => row(from + (at * 1000) / perSecond, more));

const lines = (rows: readonly Row[], opened: readonly string[] = []) =>
  linesOf(rows, { opened: new Set(opened), hasWholeThreads: true });
const kinds = (all: readonly Line[]) => all.map(({ kind }) => kind);
const messagesIn = (all: readonly Line[]) =>
  all.flatMap((line) =>
    line.kind === "message" ? [line.key] : line.kind === "burst" ? line.rows.map(({ key }) => key) : [],
  );

describe("the lines of a list", () => {
  it("has a line above each day", () => {
    const rows = [row(noon - 86_400_000), row(noon), row(noon + 1000), row(noon + 43_200_000)];
    expect(kinds(lines(rows))).toEqual(["day", "message", "day", "message", "message", "day", "message"]);
  });

  it("says how many replies a thread has, and which one each is, where its opening is there", () => {
    const opening = threaded(noon, { thread_id: "t" });
    const rows = [
      threaded(noon, { thread_id: "old", reply_to: "m0" }),
      opening,
      threaded(noon, { thread_id: "t", reply_to: opening.key }),
      row(noon),
      threaded(noon, { thread_id: "t" }),
    ];
    expect(lines(rows).map((line) => (line.kind === "message" ? line.thread : undefined))).toEqual([
      undefined,
      undefined,
      { place: 0, replies: 2 },
      { place: 1, replies: 2 },
      undefined,
      { place: 2, replies: 2 },
    ]);
  });

  it("says of a notice which message is the first after it", () => {
    const clear = { kind: "cleared", channel: "a:b", seq: 1, acceptedAt: noon, count: 3 } as ReceivedClear;
    const [, , notice] = lines([row(noon), noticeRow(clear), row(noon + 5_000)]);
    expect(notice).toMatchObject({ kind: "notice", before: noon + 5_000 });
  });
});

describe("a flood in a list", () => {
  it("stands message by message up to thirty a second", () => {
    expect(kinds(lines(flood(300, noon, 30)))).not.toContain("burst");
  });

  it("is folded into a line for each sender and two seconds, and none is lost", () => {
    const rows = flood(400, noon, 200);
    const all = lines(rows);
    expect(kinds(all).filter((kind) => kind === "burst")).toHaveLength(1);
    expect(messagesIn(all)).toEqual(rows.map(({ key }) => key));
    const two = rows.map((one, at) => (at % 2 === 0 ? one : row(one.message.acceptedAt, { sender: "mac/a" })));
    expect(lines(two).flatMap((line) => (line.kind === "burst" ? [line.sender] : []))).toEqual(["win/worker", "mac/a"]);
    expect(messagesIn(lines(two)).toSorted()).toEqual(two.map(({ key }) => key).toSorted());
  });

  it("folds nothing that was shown by itself when more comes", () => {
    const rows = flood(1_000, noon, 200);
    let shown = new Set<string>();
    for (let count = 20; count <= rows.length; count += 20) {
      const now = lines(rows.slice(0, count));
      const alone = new Set(now.flatMap((line) => (line.kind === "message" ? [line.key] : [])));
      const gone = [...shown].filter((key) => !alone.has(key));
      expect(gone.length).toBeLessThanOrEqual(1);
      shown = alone;
    }
    expect(shown.size).toBe(60);
  });

  it("has its messages behind it when it is opened, and a key that stays while it grows", () => {
    const rows = flood(200, noon, 200);
    const [burst] = lines(rows.slice(0, 150)).filter(({ kind }) => kind === "burst");
    const key = burst?.key ?? "";
    const opened = lines(rows, [key]);
    const at = opened.findIndex((line) => line.key === key);
    expect(opened[at]).toMatchObject({ kind: "burst", isOpen: true });
    expect(opened.slice(at + 1).map((line) => line.key)).toEqual(rows.slice(60).map((one) => one.key));
  });

  it("does not hide a question", () => {
    const rows = flood(200, noon, 200);
    const question = threaded(rows[150]?.message.acceptedAt ?? 0, { type: "question" });
    const all = lines(rows.toSpliced(151, 0, question));
    expect(all.flatMap((line) => (line.kind === "message" ? [line.key] : []))).toContain(question.key);
  });
});
