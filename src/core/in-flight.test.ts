import { describe, expect, it } from "vitest";
import { createInFlight } from "./in-flight.ts";
import { noPolicy } from "./policy.ts";
import { localOperator } from "./principal.ts";
import { createRevocations } from "./revocations.ts";

const revocations = createRevocations(noPolicy);
const callerWith = (signal: () => AbortSignal) => ({ principal: localOperator, signal });

const never = () => new AbortController().signal;

describe("calls in flight", () => {
  it("end with their caller", () => {
    const caller = new AbortController();
    const signal = createInFlight(revocations)
      .enter(callerWith(() => caller.signal))
      .signal();
    expect(signal.aborted).toBe(false);
    caller.abort();
    expect(signal.aborted).toBe(true);
  });

  it("do not begin for a caller who is gone", () => {
    expect(
      createInFlight(revocations)
        .enter(callerWith(() => AbortSignal.abort()))
        .signal().aborted,
    ).toBe(true);
  });

  it("end all when the bridge closes", async () => {
    const inFlight = createInFlight(revocations);
    const entered = [1, 2].map(() => inFlight.enter(callerWith(never)));
    const early = entered[0]?.signal();
    const closing = inFlight.close();
    expect(early?.aborted).toBe(true);
    expect(entered.every(({ signal }) => signal().aborted)).toBe(true);
    for (const { leave } of entered) leave();
    await expect(closing).resolves.toBeUndefined();
  });

  it("are waited for when the bridge closes, by everybody who closes it", async () => {
    const inFlight = createInFlight(revocations);
    const { leave } = inFlight.enter(callerWith(never));
    const left: string[] = [];
    const closing = ["first", "second"].map((who) => inFlight.close().then(() => left.push(who)));
    left.push("call");
    leave();
    await Promise.all(closing);
    expect(left).toEqual(["call", "first", "second"]);
  });

  it("are refused once the bridge is closing", async () => {
    const inFlight = createInFlight(revocations);
    await inFlight.close();
    expect(() => inFlight.enter(callerWith(never))).toThrow(expect.objectContaining({ code: "closing" }));
  });

  it("leave nothing behind when they are done", async () => {
    const inFlight = createInFlight(revocations);
    const caller = new AbortController();
    const { signal: ask, leave } = inFlight.enter(callerWith(() => caller.signal));
    const signal = ask();
    leave();
    caller.abort();
    await inFlight.close();
    expect(signal.aborted).toBe(false);
  });
});
