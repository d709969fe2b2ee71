import { describe, expect, it } from "vitest";
import { createFairGate } from "./fair-gate.ts";
import { localOperator, type Principal } from "./principal.ts";

const machine = (id: string): Principal => ({ id, kind: "machine", name: id, grants: [] });
const [mac, win] = [machine("mac"), machine("win")];

const gateOf = (limit: number, share: number) =>
  createFairGate({ limit: () => limit, share: () => share, code: "limit_reached", what: "wait calls" });

describe("a fair gate", () => {
  it("lets one principal have its share, and no more", () => {
    const gate = gateOf(10, 2);
    const leave = gate.enter(mac, "full");
    gate.enter(mac, "full");
    expect(() => gate.enter(mac, "full")).toThrow("mac has as many wait calls open as it may (2)");
    expect([gate.inside, gate.insideOf("mac"), gate.insideOf("win")]).toEqual([2, 2, 0]);
    gate.enter(win, "full");
    leave();
    leave();
    expect(() => gate.enter(mac, "full")).not.toThrow();
    expect([gate.inside, gate.insideOf("mac")]).toEqual([3, 2]);
  });

  it("has no share for those whom nobody knows: they are everybody", () => {
    const gate = gateOf(3, 1);
    for (const full of ["first", "second", "third"]) gate.enter(localOperator, full);
    expect(gate.insideOf("local")).toBe(3);
  });

  it("that is full says so, and takes nothing of anybody's share", () => {
    const gate = gateOf(1, 5);
    const leave = gate.enter(win, "full");
    expect(() => gate.enter(mac, "full")).toThrow("full");
    expect(gate.insideOf("mac")).toBe(0);
    leave();
    expect(gate.inside).toBe(0);
    gate.enter(mac, "full");
    expect(gate.insideOf("mac")).toBe(1);
  });
});
