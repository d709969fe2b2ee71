import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuditEvent } from "../core/audit.ts";
import { systemClock } from "../core/clock.ts";
import { auditPauseMs, maxAuditKinds } from "../core/limits.ts";
import { createRepeatedEvents } from "./repeated-events.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const refused = (address: string): AuditEvent => ({ event: "credential_refused", principal: "nobody", address });

function set() {
  const written: AuditEvent[] = [];
  const errors: unknown[] = [];
  const record = async (rows: readonly AuditEvent[]) => void written.push(...rows);
  const events = createRepeatedEvents(systemClock, record, (error) => errors.push(error));
  const note = (address: string, count = 1) => {
    for (let number = 0; number < count; number += 1) events.note(address, refused(address));
  };
  return { written, events, note };
}

describe("what happens again and again", () => {
  it("is written down at once, and then once a minute with its number", async () => {
    const { written, note, events } = set();
    note("a", 100);
    note("b");
    await vi.advanceTimersByTimeAsync(1);
    expect(written).toEqual([refused("a"), refused("b")]);
    await vi.advanceTimersByTimeAsync(auditPauseMs);
    expect(written.slice(2)).toEqual([{ ...refused("a"), detail: "99 times: credential_refused" }]);
    note("a", 2);
    await vi.advanceTimersByTimeAsync(auditPauseMs);
    expect(written.slice(3)).toEqual([{ ...refused("a"), detail: "2 times: credential_refused" }]);
    await events.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is not lost when the bridge closes", async () => {
    const { written, note, events } = set();
    note("a", 3);
    await events.close();
    expect(written).toMatchObject([{}, { detail: "2 times: credential_refused" }]);
  });

  it("is one kind when there are too many kinds", async () => {
    const { written, note, events } = set();
    for (let number = 0; number < maxAuditKinds + 50; number += 1) note(`from ${number}`);
    await events.close();
    expect(written).toHaveLength(maxAuditKinds + 2);
    expect(written.at(-1)).toMatchObject({ detail: "49 times: credential_refused" });
    expect(written.at(-1)?.address).toBeUndefined();
  });
});
