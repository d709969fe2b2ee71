import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Seq } from "./message.ts";
import { messageId, mintEpoch, seqOf } from "./message-id.ts";

const seqs = fc.maxSafeNat().map((seq) => seq as Seq);
const epochs = fc.stringMatching(/^[0-9a-f]{15}$/);

describe("a message id", () => {
  it("gives back the seq that it was made of", () => {
    fc.assert(
      fc.property(epochs, seqs, (epoch, seq) => {
        expect(seqOf(epoch, messageId(epoch, seq))).toBe(seq);
      }),
    );
  });

  it("is a UUIDv8 in lower case", () => {
    const uuid8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;
    fc.assert(
      fc.property(epochs, seqs, (epoch, seq) => {
        expect(messageId(epoch, seq)).toMatch(uuid8);
      }),
    );
  });

  it("sorts as text as its message does in the log", () => {
    fc.assert(
      fc.property(epochs, seqs, seqs, (epoch, a, b) => {
        expect(messageId(epoch, a) < messageId(epoch, b)).toBe(a < b);
      }),
    );
  });

  it("of another store is known to be foreign", () => {
    fc.assert(
      fc.property(epochs, epochs, seqs, (ours, theirs, seq) => {
        fc.pre(ours !== theirs);
        expect(seqOf(ours, messageId(theirs, seq))).toBeUndefined();
      }),
    );
  });

  it("is no id when it is any other text", () => {
    fc.assert(
      fc.property(epochs, fc.string({ unit: "binary" }), (epoch, text) => {
        expect(seqOf(epoch, text)).toBeUndefined();
      }),
    );
  });

  const epoch = "0123456789abcde";
  it.each([
    ["empty", ""],
    ["a random UUIDv4", "a7a0a164-5388-4f73-9a99-31d9ec0c695b"],
    ["in upper case", "01234567-89AB-8CDE-8000-00000000000A"],
    ["cut", "01234567-89ab-8cde-8000-00000000000"],
    ["followed by something", "01234567-89ab-8cde-8000-00000000000a0"],
    ["after a blank", " 01234567-89ab-8cde-8000-00000000000a"],
    ["without its dashes", "0123456789ab8cde800000000000000a"],
    ["with a sign in the seq", "01234567-89ab-8cde-8000--0000000000a"],
    ["with a seq beyond the safe integers", "01234567-89ab-8cde-8fff-ffffffffffff"],
    ["with another version", "01234567-89ab-4cde-8000-00000000000a"],
    ["with another variant", "01234567-89ab-8cde-c000-00000000000a"],
  ])("is no id %s", (_what, id) => {
    expect(seqOf(epoch, id)).toBeUndefined();
  });
});

describe("an epoch", () => {
  it("is 15 hexadecimal digits, and another each time", () => {
    const minted = Array.from({ length: 100 }, mintEpoch);
    expect(minted.every((epoch) => /^[0-9a-f]{15}$/.test(epoch))).toBe(true);
    expect(new Set(minted).size).toBe(100);
  });
});
