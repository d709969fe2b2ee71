import { expect, it } from "vitest";
import type { MessageId, Seq } from "../../core/message.ts";
import { messageId, mintEpoch } from "../../core/message-id.ts";
import { only } from "../../core/scope.ts";
import { draft, freshStore, nextEntries, type OpenStore, sendOne, worker } from "./fixture.ts";

export function finding(open: OpenStore): void {
  const fresh = freshStore(open);

  it("finds messages and clears by their ids", async () => {
    const { here } = fresh;
    const message = await sendOne(here, draft("one"));
    expect(await here.find(message.id)).toEqual(message);
    const cleared = await here.clear(worker);
    expect(await here.find(cleared?.id ?? message.id)).toEqual(cleared);
  });

  it("finds on the other side", async () => {
    const { here, there } = fresh;
    const message = await sendOne(here, draft("one"));
    await nextEntries(there, only(worker));
    expect(await there.find(message.id)).toEqual(message);
  });

  it("does not find what was deleted", async () => {
    const { here, clock } = fresh;
    const one = await sendOne(here, draft("one"));
    await here.clear(worker);
    const two = await sendOne(here, draft("two"));
    await here.prune(clock.now() + 1, 10);
    expect(await here.find(one.id)).toBeUndefined();
    expect(await here.find(two.id)).toBeUndefined();
  });

  it("does not find what it never gave, or what another store gave", async () => {
    const { here } = fresh;
    const { seq, id } = await sendOne(here, draft("one"));
    const foreign: readonly string[] = [
      messageId(mintEpoch(), seq),
      messageId(here.epoch, (seq + 1) as Seq),
      id.toUpperCase().replace("8", "9"),
      id.slice(1),
      `${id}0`,
      "0f0e0d0c-1111-4222-8333-444455556666",
      "",
      "'; DROP TABLE entries; --",
    ];
    const found = await Promise.all(foreign.map((one) => here.find(one as MessageId)));
    expect(found).toEqual(foreign.map(() => undefined));
  });
}
