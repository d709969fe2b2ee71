import { expect, it } from "vitest";
import { beginning, type ChannelName } from "../../core/message.ts";
import { messageId } from "../../core/message-id.ts";
import { everything, only } from "../../core/scope.ts";
import {
  draft,
  everyEntry,
  freshStore,
  nextEntries,
  type OpenStore,
  patterns,
  review,
  send,
  sendOne,
  textsOf,
  worker,
} from "./fixture.ts";

export function clearing(open: OpenStore): void {
  const fresh = freshStore(open);

  it("leaves one entry that tells how many messages it deleted", async () => {
    const { here, clock } = fresh;
    const [, two] = await send(here, draft("one"), draft("two"));
    clock.advance(5);
    const cleared = await here.clear(worker);
    expect(cleared).toMatchObject({ kind: "cleared", channel: worker, count: 2, prev: two?.seq });
    expect(cleared?.acceptedAt).toBe(clock.now());
    expect(cleared?.id).toBe(cleared && messageId(here.epoch, cleared.seq));
    expect(await everyEntry(here)).toEqual([cleared]);
    expect(await here.lastSeq()).toBe(cleared?.seq);
  });

  it("leaves other channels alone", async () => {
    const { here } = fresh;
    await send(here, draft("one"), draft("two", review));
    await here.clear(worker);
    expect(textsOf(await here.read(everything, beginning, 10))).toEqual(["two", "<1 cleared>"]);
    expect(await here.channels()).toMatchObject([{ channel: review, messages: 1 }]);
    expect(await here.totals()).toEqual({ channels: 1, messages: 1 });
  });

  it("appends nothing for a channel that has no messages", async () => {
    const { here } = fresh;
    await sendOne(here, draft("one"));
    const cleared = await here.clear(worker);
    expect(await here.clear(worker)).toBeUndefined();
    expect(await here.clear("nobody" as ChannelName)).toBeUndefined();
    expect(await here.lastSeq()).toBe(cleared?.seq);
    expect(await everyEntry(here)).toEqual([cleared]);
  });

  it("never gives a position twice, and goes on with the chain", async () => {
    const { here } = fresh;
    await send(here, draft("one"), draft("two"));
    const cleared = await here.clear(worker);
    const three = await sendOne(here, draft("three"));
    expect(three.seq).toBeGreaterThan(cleared?.seq ?? three.seq);
    expect(three.prev).toBe(cleared?.seq);
    expect(textsOf(await everyEntry(here))).toEqual(["<2 cleared>", "three"]);
  });

  it("replaces the clear before it", async () => {
    const { here } = fresh;
    await sendOne(here, draft("one"));
    await here.clear(worker);
    await send(here, draft("two"), draft("three"));
    const cleared = await here.clear(worker);
    expect(cleared).toMatchObject({ count: 2 });
    expect(await everyEntry(here)).toEqual([cleared]);
  });

  it("takes the channel from the list until somebody writes to it again", async () => {
    const { here } = fresh;
    await sendOne(here, draft("one"));
    await here.clear(worker);
    expect(await here.channels()).toEqual([]);
    expect(await here.totals()).toEqual({ channels: 0, messages: 0 });
    await sendOne(here, draft("two"));
    expect(await here.channels()).toMatchObject([{ channel: worker, messages: 1 }]);
  });

  it("clears in the order of the calls", async () => {
    const { here } = fresh;
    const [, cleared] = await Promise.all([send(here, draft("one")), here.clear(worker), send(here, draft("two"))]);
    expect(cleared).toMatchObject({ count: 1 });
    expect(textsOf(await everyEntry(here))).toEqual(["<1 cleared>", "two"]);
    expect(await here.totals()).toEqual({ channels: 1, messages: 1 });
  });

  it("is whole for every reader at once, however much there was, and leaves nothing that is counted", async () => {
    const { here, there, clock } = fresh;
    const [first, second] = await send(here, draft("first"), draft("kept", review));
    await send(here, ...Array.from({ length: 1200 }, () => draft("x".repeat(500))));
    await nextEntries(there, only(review));
    const cleared = await here.clear(worker);
    for (const store of [here, there]) {
      expect(textsOf(await store.read(everything, beginning, 10))).toEqual(["kept", "<1201 cleared>"]);
      expect(textsOf(await store.tail(everything, 10))).toEqual(["kept"]);
      expect(await store.remaining(patterns("demo:*"), beginning)).toBe(1);
      expect(first && (await store.find(first.id))).toBeUndefined();
      expect(await store.totals()).toEqual({ channels: 1, messages: 1 });
    }
    expect(await there.prune(clock.now() + 1, 100)).toBe(2);
    expect(second && (await here.find(second.id))).toBeUndefined();
    expect(cleared && (await here.find(cleared.id))).toBeUndefined();
  });

  it("lets keys that were used before be used anew at once", async () => {
    const { here } = fresh;
    await send(here, { ...draft("one"), idempotencyKey: "k" });
    await here.clear(worker);
    const again = await sendOne(here, { ...draft("two"), idempotencyKey: "k" });
    expect(textsOf(await everyEntry(here))).toEqual(["<1 cleared>", "two"]);
    expect(await here.append([{ ...draft("two"), idempotencyKey: "k" }])).toMatchObject([
      { isNew: false, message: { id: again.id } },
    ]);
  });

  it("is seen by a reader on the other side", async () => {
    const { here, there } = fresh;
    const message = await sendOne(here, draft("one"));
    const waiting = nextEntries(there, only(worker), message.seq);
    const cleared = await here.clear(worker);
    expect(await waiting).toEqual([cleared]);
  });
}
