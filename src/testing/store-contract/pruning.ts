import { expect, it } from "vitest";
import { beginning } from "../../core/message.ts";
import { everything } from "../../core/scope.ts";
import {
  draft,
  everyEntry,
  freshStore,
  nextEntries,
  type OpenStore,
  review,
  send,
  sendOne,
  tests,
  textsOf,
  worker,
} from "./fixture.ts";

export function pruning(open: OpenStore): void {
  const fresh = freshStore(open);

  const all = async () => textsOf(await fresh.here.read(everything, beginning, 100));

  it("deletes what was accepted before a time, in all channels", async () => {
    const { here, clock } = fresh;
    await send(here, draft("old"), draft("old too", review));
    clock.advance(1);
    await send(here, draft("new"), draft("new too", review));
    expect(await here.prune(clock.now(), 100)).toBe(2);
    expect(await all()).toEqual(["new", "new too"]);
    expect(await here.totals()).toEqual({ channels: 2, messages: 2 });
  });

  it("deletes nothing when nothing is old enough", async () => {
    const { here, clock } = fresh;
    expect(await here.prune(clock.now(), 100)).toBe(0);
    await sendOne(here, draft("new"));
    expect(await here.prune(clock.now(), 100)).toBe(0);
    expect(await all()).toEqual(["new"]);
  });

  it("stops at the first entry that is not old, whatever comes after", async () => {
    const { here, clock } = fresh;
    const start = clock.now();
    await sendOne(here, draft("old"));
    clock.set(start + 100);
    await sendOne(here, draft("new"));
    clock.set(start);
    await sendOne(here, draft("old, but later"));
    expect(await here.prune(start + 50, 100)).toBe(1);
    expect(await all()).toEqual(["new", "old, but later"]);
  });

  it("deletes at most so many entries at a time, oldest first, clears counted", async () => {
    const { here, clock } = fresh;
    await send(here, draft("one"), draft("two"), draft("three", review));
    await here.clear(worker);
    await send(here, draft("four"), draft("five"));
    const before = clock.now() + 1;
    expect(await here.prune(before, 2)).toBe(2);
    expect(await all()).toEqual(["four", "five"]);
    expect(await here.prune(before, 1)).toBe(1);
    expect(await all()).toEqual(["five"]);
    expect(await here.totals()).toEqual({ channels: 1, messages: 1 });
    expect(await here.prune(before, 2)).toBe(1);
    expect(await here.prune(before, 2)).toBe(0);
  });

  it("leaves the chain as it was, so that a reader sees what it missed", async () => {
    const { here, clock } = fresh;
    const [, two] = await send(here, draft("one"), draft("two"));
    clock.advance(10);
    const three = await sendOne(here, draft("three"));
    await here.prune(clock.now(), 100);
    expect(await everyEntry(here)).toEqual([three]);
    expect(three.prev).toBe(two?.seq);
  });

  it("takes channels without messages from the list, and gives them back with the next", async () => {
    const { here, clock } = fresh;
    const one = await sendOne(here, draft("one"));
    await sendOne(here, draft("two", tests));
    await here.prune(clock.now() + 1, 100);
    expect(await here.channels()).toEqual([]);
    expect(await here.totals()).toEqual({ channels: 0, messages: 0 });
    const three = await sendOne(here, draft("three"));
    expect(three.prev).toBe(one.seq);
    expect(await here.channels()).toMatchObject([{ channel: worker, messages: 1 }]);
  });

  it("never gives a position twice, also when the newest entry is gone", async () => {
    const { here, clock } = fresh;
    const one = await sendOne(here, draft("one"));
    await here.prune(clock.now() + 1, 100);
    expect(await here.lastSeq()).toBe(one.seq);
    expect((await sendOne(here, draft("two"))).seq).toBeGreaterThan(one.seq);
  });

  it("is seen on the other side", async () => {
    const { here, there, clock } = fresh;
    await sendOne(here, draft("old"));
    await nextEntries(there, everything);
    expect(await here.prune(clock.now() + 1, 100)).toBe(1);
    await expect.poll(() => everyEntry(there)).toEqual([]);
    expect(await there.totals()).toEqual({ channels: 0, messages: 0 });
  });
}
