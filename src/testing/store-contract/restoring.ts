import { describe, expect, it } from "vitest";
import { undoMs } from "../../core/limits.ts";
import { beginning, type Cleared, type MessageId } from "../../core/message.ts";
import { everything, only } from "../../core/scope.ts";
import type { Store } from "../../core/store.ts";
import {
  draft,
  freshStore,
  nextEntries,
  type OpenStore,
  patterns,
  reader,
  review,
  send,
  sendOne,
  textsOf,
  worker,
} from "./fixture.ts";

async function clearOf(store: Store, channel = worker): Promise<Cleared> {
  const cleared = await store.clear(channel);
  if (cleared === undefined) throw new Error("there was nothing to clear");
  return cleared;
}

export function restoring(open: OpenStore): void {
  const fresh = freshStore(open);

  it("brings everything back in its place, beside what came since", async () => {
    const { here, there } = fresh;
    const [one] = await send(here, draft("one"), draft("two"), draft("review", review));
    const { id } = await clearOf(here);
    await send(here, draft("three"));
    expect(await there.restore(id)).toMatchObject({ kind: "restored", channel: worker, count: 2 });
    const all = ["one", "two", "review", "<2 restored>", "three", "<2 restored>"];
    for (const store of [here, there]) {
      expect(textsOf(await store.read(everything, beginning, 10))).toEqual(all);
      expect(textsOf(await store.read(patterns("demo:*"), beginning, 10))).toEqual(all);
      expect(textsOf(await store.tail(only(worker), 10))).toEqual(["one", "two", "three"]);
      expect(await store.remaining(only(worker), beginning)).toBe(3);
      expect(await store.remaining(only(worker), one?.seq ?? beginning)).toBe(2);
      expect(await store.totals()).toEqual({ channels: 2, messages: 4 });
      expect(one && (await store.find(one.id))).toEqual(one);
    }
  });

  it("leaves no hole: each entry of the channel names the one before it", async () => {
    const { here } = fresh;
    await send(here, draft("one"), draft("two"));
    const { id } = await clearOf(here);
    await send(here, draft("three"));
    await here.restore(id);
    await send(here, draft("four"));
    const entries = await here.read(only(worker), beginning, 10);
    expect(entries.map(({ prev }) => prev)).toEqual([0, ...entries.slice(0, -1).map(({ seq }) => seq)]);
  });

  it.each([
    ["many before and few since", 60, 3],
    ["few before and many since", 3, 60],
    ["nothing since", 5, 0],
  ])("counts right with %s", async (_how, before, since) => {
    const { here } = fresh;
    const drafts = (count: number) => Array.from({ length: count }, (_, n) => draft("x", worker, `s${n % 4}`));
    await send(here, ...drafts(before));
    const { id } = await clearOf(here);
    if (since > 0) await send(here, ...drafts(since));
    await here.restore(id);
    await sendOne(here, draft("last", worker, "s9"));
    expect(await here.channels()).toMatchObject([
      { channel: worker, messages: before + since + 1, senders: expect.arrayContaining(["s0", "s9"]) },
    ]);
    expect(await here.remaining(only(worker), beginning)).toBe(before + since + 1);
    expect(await clearOf(here)).toMatchObject({ count: before + since + 1 });
    expect(await here.totals()).toEqual({ channels: 0, messages: 0 });
    expect(await here.channels()).toEqual([]);
  });

  it("wakes readers, who find that it was undone", async () => {
    const { here, there } = fresh;
    await send(here, draft("one"));
    const { id, seq } = await clearOf(here);
    const next = nextEntries(there, only(worker), seq);
    await here.restore(id);
    expect(textsOf(await next)).toEqual(["<1 restored>"]);
  });

  it("lets consumers go on from their places", async () => {
    const { here } = fresh;
    const [one] = await send(here, draft("one"), draft("two"));
    if (one !== undefined) await here.advance(reader, one);
    const { id } = await clearOf(here);
    await here.restore(id);
    const cursor = await here.cursor(reader, worker);
    expect(textsOf(await here.read(only(worker), cursor?.seq ?? beginning, 1))).toEqual(["two"]);
  });

  it("keeps idempotency keys, but one that was used anew is the newer message's", async () => {
    const { here } = fresh;
    const [kept] = await send(
      here,
      { ...draft("kept"), idempotencyKey: "kept" },
      { ...draft("old"), idempotencyKey: "again" },
    );
    const { id } = await clearOf(here);
    const newer = await sendOne(here, { ...draft("new"), idempotencyKey: "again" });
    await here.restore(id);
    expect(await here.append([{ ...draft("kept"), idempotencyKey: "kept" }])).toMatchObject([
      { isNew: false, message: { id: kept?.id } },
    ]);
    expect(await here.append([{ ...draft("new"), idempotencyKey: "again" }])).toMatchObject([
      { isNew: false, message: { id: newer.id } },
    ]);
  });

  it("undoes one clear after the other, the last first", async () => {
    const { here } = fresh;
    await send(here, draft("one"));
    const first = await clearOf(here);
    await send(here, draft("two"));
    const second = await clearOf(here);
    expect(await here.restore(first.id)).toBeUndefined();
    expect(await here.restore(second.id)).toMatchObject({ count: 1 });
    expect(await here.restore(first.id)).toMatchObject({ count: 1 });
    expect(textsOf(await here.tail(only(worker), 10))).toEqual(["one", "two"]);
  });

  it("says who cleared, and who undid it", async () => {
    const { here, there } = fresh;
    await send(here, draft("one"));
    const cleared = await here.clear(worker, { name: "mac", source: { principal: "p_1" } });
    expect(await there.read(only(worker), beginning, 10)).toMatchObject([{ kind: "cleared", by: "mac" }]);
    if (cleared !== undefined) await there.restore(cleared.id, { name: "win", source: { principal: "p_2" } });
    expect((await here.read(only(worker), beginning, 10)).slice(1)).toMatchObject([
      { kind: "restored", by: "mac" },
      { kind: "restored", by: "win" },
    ]);
  });

  it("is written into the audit", async () => {
    const { here } = fresh;
    await send(here, draft("one"));
    const { id } = await clearOf(here);
    const restored = await here.restore(id, { name: "mac", source: { principal: "p_1" } });
    expect(await here.audit.rows(0, 10)).toMatchObject([
      { event: "undo", principal: "p_1", channel: worker, seq: restored?.seq },
    ]);
  });

  describe("cannot be done", () => {
    it("twice", async () => {
      const { here } = fresh;
      await send(here, draft("one"));
      const { id } = await clearOf(here);
      await here.restore(id);
      expect(await here.restore(id)).toBeUndefined();
      expect(await here.totals()).toEqual({ channels: 1, messages: 1 });
    });

    it("when it is too late", async () => {
      const { here, clock } = fresh;
      await send(here, draft("one"));
      const { id } = await clearOf(here);
      clock.advance(undoMs);
      // Whatever looks at the clock next sees that it is later.
      await send(here, draft("later", review));
      expect(await here.restore(id)).toBeUndefined();
      expect(textsOf(await here.tail(everything, 10))).toEqual(["later"]);
    });

    it("for what is no clear", async () => {
      const { here } = fresh;
      const { id } = await sendOne(here, draft("one"));
      expect(await here.restore(id)).toBeUndefined();
      expect(await here.restore("nothing" as MessageId)).toBeUndefined();
    });

    it("when some of it was pruned", async () => {
      const { here, clock } = fresh;
      await send(here, draft("one"));
      clock.advance(1000);
      await send(here, draft("two"));
      const { id } = await clearOf(here);
      await here.prune(clock.now(), 100);
      expect(await here.restore(id)).toBeUndefined();
      expect(await here.totals()).toEqual({ channels: 0, messages: 0 });
    });

    it("beyond the limit of channels", async () => {
      const { here } = limited;
      await send(here, draft("one"));
      const { id } = await clearOf(here);
      await send(here, draft("other", review));
      await expect(here.restore(id)).rejects.toMatchObject({ code: "limit_reached" });
      expect(textsOf(await here.tail(everything, 10))).toEqual(["other"]);
    });

    const limited = freshStore(open, { maxChannels: () => 1 });
  });
}
