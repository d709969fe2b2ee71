import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createLoopGuard, type Judged, type LoopGuard } from "./loop-guard.ts";
import type { ChannelName, MessageId } from "./message.ts";

let count = 0;

function send(guard: LoopGuard, given: Partial<Judged>): void {
  count += 1;
  const told = { channel: "shop:api" as ChannelName, contentHash: `text ${count}`, contentLength: 100 };
  const judged = { ...told, sender: "a", addressees: ["b"], hops: 0, isHuman: false, now: 0, ...given };
  if (guard.judge(judged).kind !== "repeated") guard.note(judged, `id ${count}` as MessageId);
}

describe("what the loop guard remembers", () => {
  afterEach(() => vi.restoreAllMocks());

  const bounds = { maxPairs: 8, maxThreads: 4, maxTexts: 16, maxClosed: 2 };
  const bound = 8 + 4 + 16 + 2;
  const agent = fc.nat(200).map(String);
  const anything = fc.record({
    sender: agent,
    addressees: fc.array(agent, { maxLength: 32 }),
    thread: fc.option(fc.nat(100).map(String), { nil: undefined }),
    hops: fc.nat(40),
    isHuman: fc.boolean(),
    now: fc.nat(10_000_000),
  });

  it("is bounded, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 200 }), (all) => {
        const guard = createLoopGuard({ ...bounds, maxPairMessages: 2, maxThreadMessages: 3 });
        for (const given of all) {
          send(guard, given);
          expect(guard.size).toBeLessThanOrEqual(bound);
        }
      }),
    );
  });

  it("is looked up in as many steps when there is much of it as when there is little", () => {
    const stepsWith = (pairs: number) => {
      const guard = createLoopGuard();
      for (let at = 0; at < pairs; at += 1) send(guard, { sender: `m${at}/dev` });
      const steps = [vi.spyOn(Map.prototype, "get"), vi.spyOn(Map.prototype, "set"), vi.spyOn(JSON, "stringify")];
      send(guard, {});
      const taken = steps.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      vi.restoreAllMocks();
      return taken;
    };
    expect(stepsWith(3000)).toBe(stepsWith(1));
    expect(stepsWith(1)).toBeLessThan(30);
  });
});
