import { describe, expect, it } from "vitest";
import type { Receipt } from "../client/index.ts";
import { rungsOf } from "./rungs.ts";

const way = (at: Receipt["at"], state: Receipt["state"], isAsking = false) =>
  rungsOf({ at, state } as Receipt, isAsking).map((rung) => `${rung.state} ${rung.at ?? "?"}`);

describe("the rungs of a message's way", () => {
  it("are those that were reached, and those that are expected", () => {
    expect(way({ stored: 1, at_machine: 9 }, "at_machine")).toEqual(["stored 1", "at_machine 9", "in_context ?"]);
    expect(way({ stored: 1, in_context: 9 }, "in_context", true)).toEqual(["stored 1", "in_context 9", "answered ?"]);
  });

  it("stand by their times, so that what was held went on after it", () => {
    expect(way({ stored: 5, held: 1 }, "stored")).toEqual(["held 1", "stored 5", "at_machine ?", "in_context ?"]);
  });

  it("end where nothing more is expected", () => {
    expect(way({ stored: 1, expired: 2 }, "expired", true)).toEqual(["stored 1", "expired 2"]);
    expect(way({ stored: 1, acknowledged: 2, answered: 3 }, "answered")).toEqual([
      "stored 1",
      "acknowledged 2",
      "answered 3",
    ]);
  });
});
