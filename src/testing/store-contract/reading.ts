import { expect, it } from "vitest";
import { beginning, type ChannelName, type Seq } from "../../core/message.ts";
import { everything, only } from "../../core/scope.ts";
import {
  draft,
  everyEntry,
  freshStore,
  names,
  type OpenStore,
  patterns,
  review,
  send,
  tests,
  textsOf,
  worker,
} from "./fixture.ts";

const nobody = "nobody" as ChannelName;

export function reading(open: OpenStore): void {
  const fresh = freshStore(open);

  const fill = () =>
    send(fresh.here, draft("w1"), draft("r1", review), draft("t1", tests), draft("w2"), draft("r2", review));

  it("reads entries after a position, oldest first, at most so many", async () => {
    const { here } = fresh;
    const [w1] = await fill();
    expect(textsOf(await here.read(only(worker), beginning, 10))).toEqual(["w1", "w2"]);
    expect(textsOf(await here.read(only(worker), beginning, 1))).toEqual(["w1"]);
    expect(textsOf(await here.read(only(worker), w1?.seq ?? beginning, 10))).toEqual(["w2"]);
  });

  it("reads nothing when caught up, or beyond the end", async () => {
    const { here } = fresh;
    await fill();
    expect(await here.read(everything, await here.lastSeq(), 10)).toEqual([]);
    expect(await here.read(only(worker), 1_000_000 as Seq, 10)).toEqual([]);
  });

  it("reads nothing from a channel that never was", async () => {
    const { here } = fresh;
    await fill();
    expect(await here.read(only(nobody), beginning, 10)).toEqual([]);
    expect(await here.tail(only(nobody), 10)).toEqual([]);
    expect(await here.read({ names: [], patterns: [] }, beginning, 10)).toEqual([]);
  });

  it("reads several channels in the order of the log", async () => {
    const { here } = fresh;
    await fill();
    expect(textsOf(await here.read(names(tests, nobody, worker), beginning, 10))).toEqual(["w1", "t1", "w2"]);
    expect(textsOf(await here.read(names(review, worker), beginning, 3))).toEqual(["w1", "r1", "w2"]);
  });

  it("reads a channel that is named twice, or fits twice, once", async () => {
    const { here } = fresh;
    await fill();
    expect(textsOf(await here.read(names(worker, worker), beginning, 10))).toEqual(["w1", "w2"]);
    const both = { names: [worker], patterns: ["*worker", "demo:w*"] };
    expect(textsOf(await here.read(both, beginning, 10))).toEqual(["w1", "t1", "w2"]);
    expect(textsOf(await here.read({ names: [worker], patterns: ["*"] }, beginning, 2))).toEqual(["w1", "r1"]);
  });

  it("leaves out what its reader has no right to", async () => {
    const { here } = fresh;
    await fill();
    const demoOnly = [
      ["demo:*", "other"],
      ["*:worker", "*:review"],
    ];
    const scopes = [everything, patterns("*:worker"), names(worker), names(tests), names(worker, tests)];
    const texts = scopes.map(async (scope) => {
      const narrow = { ...scope, within: demoOnly };
      const read = textsOf(await here.read(narrow, beginning, 10));
      expect(textsOf(await here.tail(narrow, 10))).toEqual(read);
      expect(await here.remaining(narrow, beginning)).toBe(read.length);
      return read;
    });
    expect(await Promise.all(texts)).toEqual([["w1", "r1", "w2", "r2"], ["w1", "w2"], ["w1", "w2"], [], ["w1", "w2"]]);
    expect(await here.read({ ...everything, within: [[]] }, beginning, 10)).toEqual([]);
  });

  it("reads what fits a pattern", async () => {
    const { here } = fresh;
    await fill();
    const read = async (pattern: string) => textsOf(await here.read(patterns(pattern), beginning, 10));
    expect(await read("demo:*")).toEqual(["w1", "r1", "w2", "r2"]);
    expect(await read("*:worker")).toEqual(["w1", "t1", "w2"]);
    expect(await read("*")).toEqual(["w1", "r1", "t1", "w2", "r2"]);
    expect(await read("d*:w*r")).toEqual(["w1", "w2"]);
    expect(await read("demo")).toEqual([]);
    expect(await read("demo_worker")).toEqual([]);
  });

  it("pages through a scope without gap or overlap", async () => {
    const { here } = fresh;
    await fill();
    const [pages, scope]: [string[][], ReturnType<typeof patterns>] = [[], patterns("*e*")];
    let after: Seq = beginning;
    for (let page = await here.read(scope, after, 2); page.length > 0; page = await here.read(scope, after, 2)) {
      pages.push([...textsOf(page)]);
      after = page.at(-1)?.seq ?? after;
    }
    expect(pages).toEqual([["w1", "r1"], ["t1", "w2"], ["r2"]]);
  });

  it("tails the newest messages, oldest first", async () => {
    const { here } = fresh;
    await fill();
    expect(textsOf(await here.tail(only(worker), 10))).toEqual(["w1", "w2"]);
    expect(textsOf(await here.tail(only(worker), 1))).toEqual(["w2"]);
    expect(textsOf(await here.tail(names(worker, tests), 2))).toEqual(["t1", "w2"]);
    expect(textsOf(await here.tail(patterns("demo:*"), 3))).toEqual(["r1", "w2", "r2"]);
    expect(textsOf(await here.tail(everything, 2))).toEqual(["w2", "r2"]);
  });

  it("leaves clears out of a tail, but not out of a read", async () => {
    const { here } = fresh;
    await fill();
    await here.clear(review);
    expect(textsOf(await here.tail(everything, 10))).toEqual(["w1", "t1", "w2"]);
    expect(textsOf(await here.tail(names(worker, review), 10))).toEqual(["w1", "w2"]);
    expect(await here.tail(only(review), 10)).toEqual([]);
    expect(textsOf(await here.read(names(worker, review), beginning, 10))).toEqual(["w1", "w2", "<2 cleared>"]);
    expect(textsOf(await everyEntry(here, review))).toEqual(["<2 cleared>"]);
  });
}
