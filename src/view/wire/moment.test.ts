import { describe, expect, it } from "vitest";
import { begin, rowsOf } from "../../../test/support/message-rows.ts";
import { asOf, densityOf } from "./moment.ts";

const rows = rowsOf([
  { from: "a", to: "b", state: "in_context" },
  { from: "a", to: "b", state: "answered", at: 60 },
  { from: "a", at: 90 },
]);

describe("a list as it stood", () => {
  it("has what had been said, as far as it had got", () => {
    const then = asOf(rows, begin + 60_000);
    expect(then.map((row) => (row.kind === "message" ? row.receipts.map(({ state }) => state) : []))).toEqual([
      ["in_context"],
      ["stored"],
    ]);
    expect(then[0]).toBe(rows[0]);
  });

  it("is now what it is now", () => {
    expect(asOf(rows, begin + 1_000_000)).toEqual(rows);
    expect(asOf(rows, begin - 1)).toEqual([]);
  });

  it("is dense where much was said", () => {
    expect(densityOf(rows, begin, begin + 100_000, 4)).toEqual([1, 0, 1, 1]);
    expect(densityOf(rows, begin + 90_000, begin + 90_000, 2)).toEqual([1, 0]);
  });
});
