import { describe, expect, it } from "vitest";
import { createGate } from "./gate.ts";

describe("a gate", () => {
  it("lets in as many as its limit, and says why it refuses the next", () => {
    const gate = createGate(() => 2, "streams_full");
    gate.enter("full");
    gate.enter("full");
    expect(gate.inside).toBe(2);
    expect(() => gate.enter("full")).toThrow(expect.objectContaining({ code: "streams_full", message: "full" }));
    expect(gate.inside).toBe(2);
  });

  it("has room again when one leaves", () => {
    const gate = createGate(() => 1, "limit_reached");
    const leave = gate.enter("full");
    leave();
    expect(() => gate.enter("full")).not.toThrow();
  });

  it("counts one who leaves twice once", () => {
    const gate = createGate(() => 2, "limit_reached");
    const leave = gate.enter("full");
    gate.enter("full");
    leave();
    leave();
    expect(gate.inside).toBe(1);
  });

  it("follows a limit that changes, and puts nobody out", () => {
    let limit = 2;
    const gate = createGate(() => limit, "limit_reached");
    gate.enter("full");
    gate.enter("full");
    limit = 1;
    expect(gate.inside).toBe(2);
    expect(() => gate.enter("full")).toThrow("full");
    limit = 3;
    expect(() => gate.enter("full")).not.toThrow();
  });
});
