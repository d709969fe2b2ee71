import { describe, expect, it } from "vitest";
import { maxWatchedAddresses, maxWrongCodes, wrongCodesMs } from "../core/limits.ts";
import { createFakeClock } from "../testing/fake-clock.ts";
import { createWrongCodes, type WrongCodes } from "./wrong-codes.ts";

function fail(codes: WrongCodes, address: string, times = maxWrongCodes): void {
  for (let tries = 0; tries < times; tries += 1) codes.count(address);
}

describe("an address with wrong codes", () => {
  it("is let in until it has had all its tries", () => {
    const codes = createWrongCodes(createFakeClock());
    fail(codes, "10.0.0.1", maxWrongCodes - 1);
    expect(() => codes.admit("10.0.0.1")).not.toThrow();
    expect(codes.count("10.0.0.1")).toEqual({ tries: maxWrongCodes, isLast: true });
    expect(() => codes.admit("10.0.0.1")).toThrow(expect.objectContaining({ code: "limit_reached" }));
  });

  it("is told when to come again, and then may", () => {
    const clock = createFakeClock();
    const codes = createWrongCodes(clock);
    fail(codes, "10.0.0.1");
    clock.advance(wrongCodesMs - 90_000);
    expect(() => codes.admit("10.0.0.1")).toThrow(expect.objectContaining({ retryAfterSeconds: 90 }));
    clock.advance(90_000);
    expect(() => codes.admit("10.0.0.1")).not.toThrow();
  });

  it("stops nobody else", () => {
    const codes = createWrongCodes(createFakeClock());
    fail(codes, "10.0.0.1");
    expect(() => codes.admit("10.0.0.2")).not.toThrow();
    expect(() => codes.admit(undefined)).not.toThrow();
  });

  it.each([
    ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"],
    ["2001:db8::1", "2001:0db8:0:0:1::2"],
    ["::ffff:10.0.0.1", "10.0.0.1"],
    ["fe80::1%eth0", "fe80::2%eth0"],
  ])("is the same network: %s and %s", (one, other) => {
    const codes = createWrongCodes(createFakeClock());
    fail(codes, one);
    expect(() => codes.admit(other)).toThrow(expect.objectContaining({ code: "limit_reached" }));
  });

  it("is another network in the next 64 bits", () => {
    const codes = createWrongCodes(createFakeClock());
    fail(codes, "2001:db8:1:2::1");
    expect(() => codes.admit("2001:db8:1:3::1")).not.toThrow();
  });

  it("is forgotten when too many others came after it", () => {
    const codes = createWrongCodes(createFakeClock());
    fail(codes, "first");
    for (let n = 0; n < maxWatchedAddresses; n += 1) codes.count(`other ${n}`);
    expect(() => codes.admit("first")).not.toThrow();
  });
});
