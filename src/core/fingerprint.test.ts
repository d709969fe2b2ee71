import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { fingerprintWords } from "./fingerprint.ts";

const all = Array.from({ length: 64 }, (_, row) => Uint8Array.from([0, 1, 2, 3], (column) => row * 4 + column))
  .flatMap((bytes) => fingerprintWords(bytes).split("-"))
  .toSorted();

it("has a word of its own for each byte, told apart by its first four letters", () => {
  expect(all).toHaveLength(256);
  expect(new Set(all.map((word) => word.slice(0, 4))).size).toBe(256);
  expect(all.filter((word) => !/^[a-z]{4,9}$/.test(word))).toEqual([]);
});

it("never changes: people have written the words down", () => {
  expect(fingerprintWords(Uint8Array.of(0x3f, 0x00, 0xff, 0x80, 0x12))).toBe("coral-acorn-window-igloo");
  expect(createHash("sha256").update(all.join(" ")).digest("hex")).toMatchInlineSnapshot(
    `"8ff050aa12f2c7fa4aa8387c74aeacf72c9cd8af1d547e83a9002d5e08fca2c4"`,
  );
});

it("is of a digest, and not of a few bytes", () => {
  expect(() => fingerprintWords(Uint8Array.of(1, 2, 3))).toThrow("a fingerprint needs 4 bytes");
});
