import { describe, expect, it } from "vitest";
import type { ChannelName, Entry, MessageId, Seq } from "../core/message.ts";
import { createPlace } from "./place.ts";

const entry = (seq: number, prev: number, channel = "a", kind: Entry["kind"] = "message") =>
  ({
    kind,
    seq: seq as Seq,
    prev: prev as Seq,
    channel: channel as ChannelName,
    id: `id-${seq}` as MessageId,
    acceptedAt: 0,
    sender: "s",
    content: "",
    count: 0,
  }) as Entry;

describe("the place of a subscription", () => {
  it("moves with each entry, and takes none twice", () => {
    const place = createPlace("start");
    expect(place.cursor).toBe("start");
    expect([entry(5, 4), entry(7, 5), entry(5, 4), entry(7, 5)].map(place.take)).toEqual([true, true, false, false]);
    expect(place.cursor).toBe("id-7");
  });

  it("begins where the bridge says, unless the caller has said it", () => {
    const [now, given] = [createPlace(undefined), createPlace("start")];
    now.begin("head");
    given.begin("head");
    expect([now.cursor, given.cursor]).toEqual(["head", "start"]);
  });

  it("finds what is missing in a channel, also behind another channel's entries", () => {
    const place = createPlace("start");
    place.take(entry(5, 4, "a"));
    place.take(entry(6, 0, "b"));
    place.take(entry(9, 6, "b"));
    expect(place.take(entry(10, 8, "a"))).toEqual({ kind: "gap", channel: "a", after: 5, upTo: 8 });
  });

  it("misses nothing that it cannot know of: what was before its first entry", () => {
    const place = createPlace("start");
    expect(place.take(entry(5, 4, "a"))).toBe(true);
    expect(place.take(entry(6, 3, "b"))).toBe(true);
  });

  it("knows after a return that it had every channel up to where it was", () => {
    const place = createPlace("start");
    place.take(entry(5, 4, "a"));
    place.comeBack();
    expect(place.take(entry(9, 2, "b"))).toBe(true);
    expect(place.take(entry(10, 8, "c"))).toMatchObject({ kind: "gap", channel: "c", after: 5, upTo: 8 });
  });

  it("goes on from a seq whose entry is gone", () => {
    const place = createPlace("gone");
    place.goOnFrom(5 as Seq);
    expect(place.take(entry(5, 4))).toBe(false);
    expect(place.take(entry(9, 7))).toMatchObject({ kind: "gap", after: 5, upTo: 7 });
  });

  it("leaves it to a clear to say what is gone", () => {
    const place = createPlace("start");
    place.take(entry(5, 4));
    expect(place.take(entry(9, 8, "a", "cleared"))).toBe(true);
    expect(place.take(entry(10, 9))).toBe(true);
  });

  it("forgets the quietest of very many channels rather than tell of a gap that is none", () => {
    const place = createPlace("start");
    for (let seq = 1; seq <= 10_001; seq++) place.take(entry(seq, 0, `channel-${seq}`));
    expect(place.take(entry(20_000, 1, "channel-1"))).toBe(true);
    expect(place.take(entry(20_001, 15_000, "channel-5"))).toMatchObject({ kind: "gap", after: 5 });
  });
});
