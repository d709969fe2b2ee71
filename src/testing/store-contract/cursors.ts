import { expect, it } from "vitest";
import type { ConsumerId } from "../../core/message.ts";
import { draft, freshStore, type OpenStore, reader, review, send, sendOne, worker } from "./fixture.ts";

const otherReader = "other reader" as ConsumerId;

export function cursors(open: OpenStore): void {
  const fresh = freshStore(open);

  it("has no cursor before the first acknowledgement", async () => {
    const { here } = fresh;
    expect(await here.cursor(reader, worker)).toBeUndefined();
    await sendOne(here, draft("one"));
    expect(await here.cursor(reader, worker)).toBeUndefined();
  });

  it("keeps what was acknowledged, and when", async () => {
    const { here, there, clock } = fresh;
    const message = await sendOne(here, draft("one"));
    clock.advance(70);
    const cursor = { seq: message.seq, messageId: message.id, updatedAt: clock.now() };
    expect(await here.advance(reader, message)).toEqual({ cursor, advanced: true });
    expect(await here.cursor(reader, worker)).toEqual(cursor);
    await expect.poll(() => there.cursor(reader, worker)).toEqual(cursor);
  });

  it("moves forward only", async () => {
    const { here, clock } = fresh;
    const one = await sendOne(here, draft("one"));
    const two = await sendOne(here, draft("two"));
    const { cursor } = await here.advance(reader, two);
    clock.advance(10);
    expect(await here.advance(reader, one)).toEqual({ cursor, advanced: false });
    expect(await here.advance(reader, two)).toEqual({ cursor, advanced: false });
    expect(await here.cursor(reader, worker)).toEqual(cursor);
    const three = await sendOne(here, draft("three"));
    expect(await here.advance(reader, three)).toMatchObject({ cursor: { seq: three.seq }, advanced: true });
  });

  it("keeps one for each consumer and channel", async () => {
    const { here } = fresh;
    const [one, two, other] = await send(here, draft("one"), draft("two"), draft("other", review));
    for (const [consumer, entry] of [
      [reader, one],
      [otherReader, two],
      [reader, other],
    ] as const) {
      if (entry !== undefined) await here.advance(consumer, entry);
    }
    expect(await here.cursor(reader, worker)).toMatchObject({ seq: one?.seq });
    expect(await here.cursor(otherReader, worker)).toMatchObject({ seq: two?.seq });
    expect(await here.cursor(reader, review)).toMatchObject({ seq: other?.seq });
    expect(await here.cursor(otherReader, review)).toBeUndefined();
  });

  it("can stand on a clear", async () => {
    const { here } = fresh;
    await sendOne(here, draft("one"));
    const cleared = await here.clear(worker);
    if (cleared === undefined) throw new Error("nothing was cleared");
    await here.advance(reader, cleared);
    expect(await here.cursor(reader, worker)).toMatchObject({ seq: cleared.seq, messageId: cleared.id });
  });

  it("outlives the message that it stands on", async () => {
    const { here, clock } = fresh;
    const one = await sendOne(here, draft("one"));
    const { cursor } = await here.advance(reader, one);
    await here.clear(worker);
    expect(await here.cursor(reader, worker)).toEqual(cursor);
    await here.prune(clock.now() + 1, 10);
    expect(await here.cursor(reader, worker)).toEqual(cursor);
  });

  it("moves to the furthest of acknowledgements that come at once", async () => {
    const { here, there } = fresh;
    const sent = await send(here, draft("one"), draft("two"), draft("three"), draft("four"));
    await Promise.all(sent.toReversed().map((entry, at) => (at % 2 === 0 ? here : there).advance(reader, entry)));
    expect(await here.cursor(reader, worker)).toMatchObject({ seq: sent.at(-1)?.seq });
  });
}
