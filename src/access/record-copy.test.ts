import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Registry } from "../core/registry.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { copyRecords } from "./record-copy.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const freeze = { target: "channel", name: "a", reason: "r", createdAt: 1, createdBy: "local" };

it("reads a change again that could not be read at first: it may be a revocation", async () => {
  const { registry } = createMemoryStore();
  const failing = { now: false };
  const flaky: Registry = {
    ...registry,
    records: () => (failing.now ? Promise.reject(new Error("disk on fire")) : registry.records()),
  };
  const errors: unknown[] = [];
  const copy = await copyRecords(flaky, (error) => errors.push(error));
  const woken = vi.fn<() => void>();
  copy.watch(woken);
  failing.now = true;
  await registry.amend([{ kind: "freeze", id: "f", version: 0, body: JSON.stringify(freeze) }], []);
  await vi.advanceTimersByTimeAsync(1);
  expect([errors.length, woken.mock.calls.length]).toEqual([1, 0]);
  failing.now = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(woken).toHaveBeenCalled();
  expect(copy.records().get("freeze")?.get("f")).toMatchObject({ name: "a" });
  copy.close();
  expect(vi.getTimerCount()).toBe(0);
});

it("leaves alone what a newer bridge has written", async () => {
  const { registry } = createMemoryStore();
  await registry.amend(
    [
      { kind: "of-tomorrow", id: "x", version: 0, body: "{}" },
      { kind: "freeze", id: "odd", version: 0, body: "{}" },
      { kind: "freeze", id: "f", version: 0, body: JSON.stringify({ ...freeze, more: 1 }) },
    ],
    [],
  );
  const copy = await copyRecords(registry, () => undefined);
  expect([...(copy.records().get("freeze")?.keys() ?? [])]).toEqual(["f"]);
  expect(copy.records().has("of-tomorrow")).toBe(false);
  copy.close();
});
