import { expect, it } from "vitest";
import { draft, freshStore, type OpenStore, review, send, sendOne, tests, textsOf, worker } from "./fixture.ts";
import { everything } from "../../core/scope.ts";
import { beginning } from "../../core/message.ts";

export function limiting(open: OpenStore): void {
  const fresh = freshStore(open, { maxChannels: () => 2 });

  it("refuses a channel that would be one too many, and takes the rest", async () => {
    const { here } = fresh;
    const answers = await here.append([draft("1"), draft("2", review), draft("3", tests), draft("4", review)]);
    expect(answers).toMatchObject([
      { kind: "appended" },
      { kind: "appended" },
      { kind: "refused", error: { code: "limit_reached", field: "channel" } },
      { kind: "appended" },
    ]);
    expect(textsOf(await here.read(everything, beginning, 10))).toEqual(["1", "2", "4"]);
    expect(await here.totals()).toEqual({ channels: 2, messages: 3 });
  });

  it("has room again when a channel is cleared", async () => {
    const { here } = fresh;
    await send(here, draft("1"), draft("2", review));
    await here.clear(worker);
    expect(await here.append([draft("3", tests)])).toMatchObject([{ kind: "appended" }]);
    expect(await here.append([draft("4")])).toMatchObject([{ kind: "refused", error: { code: "limit_reached" } }]);
  });

  it("has room again when a channel is pruned", async () => {
    const { here, clock } = fresh;
    await sendOne(here, draft("1"));
    clock.advance(10);
    await sendOne(here, draft("2", review));
    await here.prune(clock.now(), 10);
    expect(await here.append([draft("3", tests)])).toMatchObject([{ kind: "appended" }]);
  });

  it("takes any number of channels one after the other", async () => {
    const { here } = fresh;
    await sendOne(here, draft("stays"));
    for (let at = 0; at < 20; at++) {
      const channel = `passing:${at}` as typeof worker;
      await sendOne(here, draft(`${at}`, channel));
      await here.clear(channel);
    }
    expect(textsOf(await here.tail(everything, 10))).toEqual(["stays"]);
    expect(await here.totals()).toEqual({ channels: 1, messages: 1 });
  });
}
