import { expect, it } from "vitest";
import { draft, everyEntry, freshStore, nextEntries, type OpenStore, review, sendOne, worker } from "./fixture.ts";
import { only } from "../../core/scope.ts";

const once = { ...draft("once"), idempotencyKey: "k" };

export function idempotency(open: OpenStore): void {
  const fresh = freshStore(open);

  it("answers a repeated send with the first message", async () => {
    const { here, clock } = fresh;
    const first = await sendOne(here, once);
    clock.advance(1000);
    expect(await here.append([once])).toEqual([{ kind: "appended", message: first, isNew: false }]);
    expect(await everyEntry(here)).toEqual([first]);
  });

  it("recognises a repeated send on the other side", async () => {
    const { here, there } = fresh;
    const first = await sendOne(here, once);
    await nextEntries(there, only(worker));
    expect(await there.append([once])).toEqual([{ kind: "appended", message: first, isNew: false }]);
  });

  it("recognises a repeat within one call", async () => {
    const [first, again] = await fresh.here.append([once, once]);
    expect(first).toMatchObject({ kind: "appended", isNew: true });
    expect(again).toEqual({ ...first, isNew: false });
  });

  it("stores one message when both sides send with the same key at once", async () => {
    const { here, there } = fresh;
    const answers = (await Promise.all([here.append([once]), there.append([once])])).flat();
    expect(answers).toContainEqual(expect.objectContaining({ kind: "appended", isNew: true }));
    expect(answers).toContainEqual(expect.objectContaining({ kind: "appended", isNew: false }));
    expect(await everyEntry(here)).toHaveLength(1);
  });

  it("refuses the key with other content", async () => {
    const { here } = fresh;
    await sendOne(here, once);
    expect(await here.append([{ ...once, content: "twice" }])).toMatchObject([
      { kind: "refused", error: { code: "idempotency_conflict", field: "idempotency_key" } },
    ]);
  });

  it("lets other senders and other channels use the same key", async () => {
    const { here } = fresh;
    const answers = await here.append([once, { ...once, sender: "bob" }, { ...once, channel: review }]);
    expect(answers).toMatchObject([{ isNew: true }, { isNew: true }, { isNew: true }]);
  });

  it("stores messages without a key as often as they are sent", async () => {
    const { here } = fresh;
    await sendOne(here, draft("same"));
    await sendOne(here, draft("same"));
    expect(await everyEntry(here)).toHaveLength(2);
  });

  it("forgets keys with their messages when the channel is cleared", async () => {
    const { here } = fresh;
    await sendOne(here, once);
    await here.clear(worker);
    expect(await here.append([{ ...once, content: "twice" }])).toMatchObject([{ kind: "appended", isNew: true }]);
  });

  it("forgets keys with their messages when they are pruned", async () => {
    const { here, clock } = fresh;
    await sendOne(here, once);
    await here.prune(clock.now() + 1, 10);
    expect(await here.append([{ ...once, content: "twice" }])).toMatchObject([{ kind: "appended", isNew: true }]);
  });
}
