import { expect, it } from "vitest";
import { beginning, type Seq } from "../../core/message.ts";
import { everything, only } from "../../core/scope.ts";
import {
  draft,
  freshStore,
  names,
  nextEntries,
  type OpenStore,
  patterns,
  review,
  send,
  sendOne,
  tests,
  worker,
} from "./fixture.ts";

export function counting(open: OpenStore): void {
  const fresh = freshStore(open);

  it("counts the messages of a scope after any position", async () => {
    const { here } = fresh;
    const [w1, , w2] = await send(here, draft("w1"), draft("r1", review), draft("w2"), draft("t1", tests));
    const after = async (seq: Seq | undefined) => [
      await here.remaining(only(worker), seq ?? beginning),
      await here.remaining(names(worker, review), seq ?? beginning),
      await here.remaining(patterns("*worker"), seq ?? beginning),
      await here.remaining(everything, seq ?? beginning),
    ];
    expect(await after(beginning)).toEqual([2, 3, 3, 4]);
    expect(await after(w1?.seq)).toEqual([1, 2, 2, 3]);
    expect(await after(w2?.seq)).toEqual([0, 0, 1, 1]);
    expect(await after(await here.lastSeq())).toEqual([0, 0, 0, 0]);
    expect(await after(1_000_000 as Seq)).toEqual([0, 0, 0, 0]);
  });

  it("counts a channel that is named twice, or fits twice, once", async () => {
    const { here } = fresh;
    await send(here, draft("w1"), draft("w2"));
    expect(await here.remaining(names(worker, worker), beginning)).toBe(2);
    expect(await here.remaining({ names: [worker], patterns: ["demo:*", "*"] }, beginning)).toBe(2);
  });

  it("counts right after a clear", async () => {
    const { here } = fresh;
    const [w1] = await send(here, draft("w1"), draft("w2"), draft("r1", review));
    await here.clear(worker);
    expect(await here.remaining(only(worker), w1?.seq ?? beginning)).toBe(0);
    await send(here, draft("w3"), draft("w4"));
    expect(await here.remaining(only(worker), beginning)).toBe(2);
    expect(await here.remaining(only(worker), w1?.seq ?? beginning)).toBe(2);
    expect(await here.remaining(everything, w1?.seq ?? beginning)).toBe(3);
    const [cleared, w3] = await here.read(only(worker), beginning, 10);
    expect(await here.remaining(only(worker), cleared?.seq ?? beginning)).toBe(2);
    expect(await here.remaining(only(worker), w3?.seq ?? beginning)).toBe(1);
  });

  it("counts right after pruning", async () => {
    const { here, clock } = fresh;
    const [w1] = await send(here, draft("w1"), draft("r1", review), draft("w2"));
    clock.advance(10);
    await send(here, draft("w3"), draft("w4"));
    await here.prune(clock.now(), 10);
    expect(await here.remaining(only(worker), beginning)).toBe(2);
    expect(await here.remaining(only(worker), w1?.seq ?? beginning)).toBe(2);
    expect(await here.remaining(everything, w1?.seq ?? beginning)).toBe(2);
    expect(await here.remaining(only(review), beginning)).toBe(0);
    expect(await here.remaining(only(worker), await here.lastSeq())).toBe(0);
  });

  it("lists channels by name, with their messages, newest time and senders", async () => {
    const { here, clock } = fresh;
    const first = clock.now();
    await send(here, draft("w1", worker, "zoe"), draft("w2", worker, "ann"), draft("t1", tests));
    clock.advance(250);
    await send(here, draft("w3", worker, "zoe"), draft("r1", review, "bob"));
    expect(await here.channels()).toEqual([
      { channel: review, messages: 1, lastAcceptedAt: first + 250, senders: ["bob"] },
      { channel: worker, messages: 3, lastAcceptedAt: first + 250, senders: ["ann", "zoe"] },
      { channel: tests, messages: 1, lastAcceptedAt: first, senders: ["ann"] },
    ]);
    expect(await here.totals()).toEqual({ channels: 3, messages: 5 });
  });

  it("shows the other side the same numbers", async () => {
    const { here, there } = fresh;
    await send(here, draft("w1"), draft("r1", review));
    await nextEntries(there, everything);
    expect(await there.channels()).toEqual(await here.channels());
    expect(await there.totals()).toEqual({ channels: 2, messages: 2 });
    expect(await there.remaining(everything, beginning)).toBe(2);
  });

  it("has nothing to list at first", async () => {
    expect(await fresh.here.channels()).toEqual([]);
    expect(await fresh.here.totals()).toEqual({ channels: 0, messages: 0 });
    expect(await fresh.here.remaining(everything, beginning)).toBe(0);
  });

  it("lists at most 100 senders, the first by name", async () => {
    const { here } = fresh;
    const senders = Array.from({ length: 130 }, (_, at) => `agent-${at.toString().padStart(3, "0")}`);
    await send(here, ...senders.toReversed().map((sender) => draft("hello", worker, sender)));
    const [summary] = await here.channels();
    expect(summary?.senders).toEqual(senders.slice(0, 100));
  });

  it("forgets senders with their last message", async () => {
    const { here, clock } = fresh;
    await send(here, draft("w1", worker, "gone"), draft("w2", worker, "stays"));
    clock.advance(10);
    await sendOne(here, draft("w3", worker, "stays"));
    await here.prune(clock.now(), 10);
    expect(await here.channels()).toMatchObject([{ messages: 1, senders: ["stays"] }]);
    await here.clear(worker);
    await sendOne(here, draft("w4", worker, "new"));
    expect(await here.channels()).toMatchObject([{ messages: 1, senders: ["new"] }]);
  });
}
