import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepOnlyRecent } from "./retention.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

const day = 86_400_000;

/** Answers each prune with the next of `answers`, and then that there is nothing more. */
function store(...answers: readonly (number | Error)[]) {
  const left = [...answers];
  const calls: { before: number; limit: number }[] = [];
  return {
    calls,
    async prune(before: number, limit: number) {
      calls.push({ before, limit });
      const answer = left.shift() ?? 0;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

function keep(messages: ReturnType<typeof store>, retentionDays: number) {
  const warnings: string[] = [];
  const log = { warn: (_details: object, message: string) => void warnings.push(message) };
  const clock = { now: () => 10 * day };
  return { ...keepOnlyRecent({ store: messages, clock, retentionDays, sweepSeconds: 60, log }), warnings };
}

describe("retention", () => {
  it("deletes what is older, in steps, at once and at every sweep", async () => {
    const messages = store(200, 200, 3);
    const retention = keep(messages, 2.5);
    await vi.waitUntil(() => messages.calls.length === 3);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(messages.calls).toEqual(Array.from({ length: 4 }, () => ({ before: 7.5 * day, limit: 200 })));
    await retention.close();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(messages.calls).toHaveLength(4);
  });

  it("keeps everything at 0 days", async () => {
    const messages = store();
    const retention = keep(messages, 0);
    await vi.advanceTimersByTimeAsync(600_000);
    await retention.close();
    expect(messages.calls).toEqual([]);
  });

  it("tries again after a sweep that failed, and says why it did", async () => {
    const messages = store(new Error("busy"));
    const retention = keep(messages, 1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(messages.calls).toHaveLength(2);
    expect(retention.warnings).toEqual(["what is too old could not be deleted"]);
    await retention.close();
  });

  it("stops between two steps when it is closed", async () => {
    const messages = store(200, 200, 200, 200);
    await keep(messages, 1).close();
    expect(messages.calls).toHaveLength(1);
  });
});
