import { describe, expect, it } from "vitest";
import { localOperator, type Principal, tokenHolder } from "../core/principal.ts";
import { createFakeClock } from "../testing/fake-clock.ts";
import { createRates } from "./rates.ts";

const machine = (id: string): Principal => ({ id, kind: "machine", name: id, grants: [] });
const mac = machine("mac");

function set(limits: { maxMessagesPerMinute: number; maxBytesPerMinute: number }) {
  const clock = createFakeClock(Date.UTC(2026, 0, 1));
  const rates = createRates(clock, () => limits);
  const take = (principal: Principal, count: number, bytes = 1) =>
    Array.from({ length: count }, () => rates.take(principal, bytes)?.code);
  return { clock, rates, take };
}

describe("messages a minute", () => {
  it("are so many for each who is known, and then it is told when there is room", () => {
    const { clock, rates, take } = set({ maxMessagesPerMinute: 4, maxBytesPerMinute: 0 });
    expect(take(mac, 5)).toEqual([undefined, undefined, undefined, undefined, "limit_reached"]);
    expect(take(machine("win"), 1)).toEqual([undefined]);
    const refusal = rates.take(mac, 1);
    expect(refusal).toMatchObject({ retryAfterSeconds: 75 });
    clock.advance(75_000);
    expect(take(mac, 2)).toEqual([undefined, "limit_reached"]);
    clock.advance((rates.take(mac, 1)?.retryAfterSeconds ?? 0) * 1000);
    expect(take(mac, 1)).toEqual([undefined]);
  });

  it("cannot be doubled at the turn of a minute", () => {
    const { clock, take } = set({ maxMessagesPerMinute: 10, maxBytesPerMinute: 0 });
    clock.advance(59_000);
    take(mac, 10);
    clock.advance(2_000);
    expect(take(mac, 1)).toEqual(["limit_reached"]);
  });

  it("have no limit for those whom nobody knows, or when it is 0", () => {
    const { take } = set({ maxMessagesPerMinute: 1, maxBytesPerMinute: 1 });
    expect(new Set([...take(localOperator, 9, 99), ...take(tokenHolder, 9, 99)])).toEqual(new Set([undefined]));
    const unlimited = set({ maxMessagesPerMinute: 0, maxBytesPerMinute: 0 });
    expect(new Set(unlimited.take(mac, 99, 99))).toEqual(new Set([undefined]));
  });

  it("count in bytes too", () => {
    const { take } = set({ maxMessagesPerMinute: 0, maxBytesPerMinute: 100 });
    expect([...take(mac, 2, 50), ...take(mac, 1, 1)]).toEqual([undefined, undefined, "limit_reached"]);
  });

  it("are told of everybody who has sent, until they are a minute old", () => {
    const { clock, rates, take } = set({ maxMessagesPerMinute: 5, maxBytesPerMinute: 0 });
    take(mac, 7, 10);
    take(localOperator, 3, 1);
    expect(rates.lastMinute()).toEqual([
      { principal: "mac", messages: 5, bytes: 50 },
      { principal: "local", messages: 3, bytes: 3 },
    ]);
    clock.advance(90_000);
    expect(rates.lastMinute()).toMatchObject([{ messages: 3 }, { messages: 2 }]);
    clock.advance(90_000);
    expect(rates.lastMinute()).toEqual([]);
  });
});
