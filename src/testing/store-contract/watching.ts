import { expect, it, vi } from "vitest";
import { follow, next } from "../../core/feed.ts";
import { beginning } from "../../core/message.ts";
import { everything, only, type Scope } from "../../core/scope.ts";
import {
  draft,
  everyEntry,
  freshStore,
  names,
  nextEntries,
  type OpenStore,
  patterns,
  review,
  send,
  sendOne,
  tests,
  textsOf,
  worker,
} from "./fixture.ts";

export function watching(open: OpenStore): void {
  const fresh = freshStore(open);

  const scopes: readonly [string, Scope][] = [
    ["its channel", only(worker)],
    ["one of its channels", names(review, worker)],
    ["a channel that fits its pattern", patterns("x*", "demo:w*")],
    ["any channel", everything],
  ];

  it.each(scopes)("rings here and there after an append to %s", async (_name, scope) => {
    const { here, there } = fresh;
    const [wakeHere, wakeThere] = [vi.fn<() => void>(), vi.fn<() => void>()];
    here.watch(scope, wakeHere);
    there.watch(scope, wakeThere);
    await sendOne(here, draft("one"));
    await expect.poll(() => wakeHere.mock.calls.length).toBeGreaterThan(0);
    await expect.poll(() => wakeThere.mock.calls.length).toBeGreaterThan(0);
  });

  it("rings here and there after a clear", async () => {
    const { here, there } = fresh;
    const message = await sendOne(here, draft("one"));
    expect(await nextEntries(there, only(worker))).toEqual([message]);
    const [wakeHere, wakeThere] = [vi.fn<() => void>(), vi.fn<() => void>()];
    here.watch(only(worker), wakeHere);
    there.watch(patterns("demo:*"), wakeThere);
    await here.clear(worker);
    await expect.poll(() => wakeHere.mock.calls.length).toBeGreaterThan(0);
    await expect.poll(() => wakeThere.mock.calls.length).toBeGreaterThan(0);
  });

  it("does not ring for who has left, and rings for who stays", async () => {
    const { here } = fresh;
    const wake = vi.fn<() => void>();
    const stays = vi.fn<() => void>();
    const unwatch = here.watch(only(worker), wake);
    here.watch(only(worker), stays);
    unwatch();
    unwatch();
    await sendOne(here, draft("one"));
    await expect.poll(() => stays.mock.calls.length).toBeGreaterThan(0);
    expect(wake).not.toHaveBeenCalled();
  });

  it("takes the same callback twice, and lets each go by itself", async () => {
    const { here } = fresh;
    const wake = vi.fn<() => void>();
    const unwatch = here.watch(only(worker), wake);
    here.watch(only(worker), wake);
    unwatch();
    await sendOne(here, draft("one"));
    await expect.poll(() => wake.mock.calls.length).toBeGreaterThan(0);
  });

  it("wakes a reader on the other side", async () => {
    const { here, there } = fresh;
    const waiting = nextEntries(there, only(worker));
    const message = await sendOne(here, draft("hello"));
    expect(await waiting).toEqual([message]);
  });

  it("wakes readers on both sides again and again", async () => {
    const { here, there } = fresh;
    for (const at of Array.from({ length: 20 }).keys()) {
      const after = await here.lastSeq();
      const waiting = Promise.all([nextEntries(here, everything, after), nextEntries(there, only(worker), after)]);
      const message = await sendOne(at % 2 === 0 ? here : there, draft(`${at}`));
      expect(await waiting).toEqual([[message], [message]]);
    }
  });

  it("wakes readers of both sides when both write at once", async () => {
    const { here, there } = fresh;
    for (const at of Array.from({ length: 20 }).keys()) {
      const after = await here.lastSeq();
      const waiting = Promise.all([nextEntries(here, only(review), after), nextEntries(there, only(worker), after)]);
      const [sides, channels] =
        at % 2 === 0
          ? [
              [there, here],
              [review, worker],
            ]
          : [
              [here, there],
              [worker, review],
            ];
      await Promise.all(sides.map((side, which) => sendOne(side, draft(`${at}`, channels[which]))));
      expect(await waiting).toMatchObject([[{ channel: review }], [{ channel: worker }]]);
    }
  });

  it("gives a waiting reader nothing when it gives up", async () => {
    const { there } = fresh;
    const giveUp = new AbortController();
    const waiting = next(there, only(worker), { after: beginning, limit: 10, signal: giveUp.signal });
    giveUp.abort();
    expect(await waiting).toEqual([]);
  });

  it("lets a reader follow every entry once, in order, from the past into the present", async () => {
    const { here, there } = fresh;
    const total = 120;
    const wanted = Array.from({ length: total }, (_, at) => `${at}`);
    const channels = [worker, review, tests];
    const drafts = wanted.map((content, at) => draft(content, channels[at % 3]));
    await send(here, ...drafts.slice(0, total / 2));
    const seen: string[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const page of follow(there, everything, { after: beginning, limit: 7, signal: stop.signal })) {
        seen.push(...textsOf(page));
        if (seen.length >= total) stop.abort();
      }
    })();
    for (const one of drafts.slice(total / 2)) await sendOne(here, one);
    await following;
    expect(seen).toEqual(wanted);
  });

  it("lets a follower see a clear between messages", async () => {
    const { here, there } = fresh;
    const one = await sendOne(here, draft("one"));
    expect(textsOf(await nextEntries(there, only(worker)))).toEqual(["one"]);
    await here.clear(worker);
    await sendOne(here, draft("two"));
    await expect.poll(() => everyEntry(there)).toHaveLength(2);
    expect(textsOf(await nextEntries(there, only(worker), one.seq))).toEqual(["<1 cleared>", "two"]);
  });
}
