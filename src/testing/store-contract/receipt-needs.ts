import { expect, it } from "vitest";
import { beginning, type Seq } from "../../core/message.ts";
import type { Waiting } from "../../core/receipts.ts";
import { draft, freshStore, type OpenStore, send, sendOne, worker } from "./fixture.ts";
import { mail, mark, to } from "./mail.ts";

/** What a person looks at. */
export function receiptNeeds(open: OpenStore): void {
  const fresh = freshStore(open);
  const newest = Number.MAX_SAFE_INTEGER as Seq;
  const texts = (found: readonly Waiting[]) => found.map(({ message }) => message.content);

  it("are open until they are answered or have ended, the newest first", async () => {
    const { here, there } = fresh;
    const [one, two, three] = await send(
      here,
      mail("1", to("you")),
      mail("2", to("ann2")),
      mail("3", to("you")),
      mail("4", to("you", { why: "mention" })),
      mail("5", to("pi")),
    );
    if (one === undefined || two === undefined || three === undefined) throw new Error("nothing was sent");
    const found = async (before = newest, limit = 10) =>
      texts(await there.receipts.open(["you", "ann2"], before, limit));
    expect(await found()).toEqual(["3", "2", "1"]);
    expect(await found(three.seq, 1)).toEqual(["2"]);
    await here.receipts.record([mark(one, "you", "acknowledged"), mark(two, "ann2", "expired")]);
    expect(await found()).toEqual(["3", "1"]);
    await here.receipts.record([mark(one, "you", "answered")]);
    expect(await found()).toEqual(["3"]);
  });

  it("are unnoticed while nobody has them, the oldest first", async () => {
    const { here, there, clock } = fresh;
    const [one] = await send(here, mail("1", to("win")), mail("2", to("pi")), draft("3"));
    const sentBy = clock.now();
    clock.advance(1000);
    await sendOne(here, mail("4", to("win")));
    if (one === undefined) throw new Error("nothing was sent");
    expect(texts(await there.receipts.unnoticed(sentBy, beginning, 10))).toEqual(["1", "2"]);
    expect(texts(await there.receipts.unnoticed(sentBy, one.seq, 10))).toEqual(["2"]);
    expect(texts(await there.receipts.unnoticed(clock.now(), beginning, 1))).toEqual(["1"]);
    await there.receipts.record([mark(one, "win", "at_machine")]);
    expect(texts(await here.receipts.unnoticed(clock.now(), beginning, 10))).toEqual(["2", "4"]);
  });

  it("have failed when they are held, expired or refused, the last first", async () => {
    const { here, there } = fresh;
    const [one, two] = await send(here, mail("1", to("win")), mail("2", to("win")), mail("3", to("pi")));
    await sendOne(here, mail("4", to("win", { state: "held", reason: "a loop" })));
    if (one === undefined || two === undefined) throw new Error("nothing was sent");
    await there.receipts.record([mark(two, "win", "expired")]);
    await there.receipts.record([mark(one, "win", "refused", { reason: "no" })]);
    expect(texts(await here.receipts.failed(10))).toEqual(["1", "2", "4"]);
    expect(texts(await here.receipts.failed(1))).toEqual(["1"]);
  });

  it("say nothing of what was cleared", async () => {
    const { here, there, clock } = fresh;
    await sendOne(here, mail("1", to("you", { due: { what: "expire", at: clock.now() } })));
    await sendOne(here, mail("2", to("you", { state: "held", reason: "a loop" })));
    await there.clear(worker);
    expect(await here.receipts.open(["you"], newest, 10)).toEqual([]);
    expect(await here.receipts.unnoticed(clock.now(), beginning, 10)).toEqual([]);
    expect(await here.receipts.failed(10)).toEqual([]);
    expect(await here.receipts.nextDue()).toBeUndefined();
  });
}
