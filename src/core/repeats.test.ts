import { describe, expect, it } from "vitest";
import { minRepeatLength, repeatMs } from "./limits.ts";
import type { ChannelName, MessageId } from "./message.ts";
import { createRepeats, type Said } from "./repeats.ts";

const create = (most = 100) => createRepeats({ repeatMs, minLength: minRepeatLength, most });
const channel = "shop:api" as ChannelName;
const text = { contentHash: "hash", contentLength: minRepeatLength };
const said: Said = { channel, sender: "a", addressees: ["b", "c"], repliesTo: "question 1", ...text };
const first = { id: "first" as MessageId, at: 5 };

describe("the same text", () => {
  it("repeats an earlier message for some minutes, which do not begin anew with each try", () => {
    const repeats = create();
    repeats.note(said, first);
    expect(repeats.find(said, first.at + repeatMs - 1)).toEqual(first);
    expect(repeats.find(said, first.at + repeatMs)).toBeUndefined();
  });

  it("repeats it in whichever order its addressees are named", () => {
    const repeats = create();
    repeats.note(said, first);
    expect(repeats.find({ ...said, addressees: ["c", "b"] }, 5)).toEqual(first);
  });

  it("repeats it with another key, or with none; with the same key it is left to the store", () => {
    const repeats = create();
    repeats.note({ ...said, idempotencyKey: "k" }, first);
    const found = ["k", "l", undefined].map((idempotencyKey) => repeats.find({ ...said, idempotencyKey }, 5));
    expect(found).toEqual([undefined, first, first]);
  });

  it.each([
    ["to other agents", { addressees: ["b"] }],
    ["by another", { sender: "d" }],
    ["in another channel", { channel: "blog" as ChannelName }],
    ["in answer to another message", { repliesTo: "question 2" }],
    ["in answer to none", { repliesTo: undefined }],
  ])("means something else %s", (_, other) => {
    const repeats = create();
    repeats.note(said, first);
    expect(repeats.find({ ...said, ...other }, 5)).toBeUndefined();
  });

  it("means something else each time when it is as short as a yes", () => {
    const repeats = create();
    const yes = { ...said, contentLength: 3 };
    repeats.note(yes, first);
    expect(repeats.find(yes, 5)).toBeUndefined();
    expect(repeats.size).toBe(0);
  });

  it("is forgotten by those who may say it once more, and when there is too much", () => {
    const repeats = create(2);
    const by = (sender: string) => ({ ...said, sender });
    for (const sender of ["a", "d", "e"]) repeats.note(by(sender), first);
    repeats.forget(new Set(["d", "x"]));
    expect(["a", "d", "e"].map((sender) => repeats.find(by(sender), 5))).toEqual([undefined, undefined, first]);
  });
});
