import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { createMailBells } from "./mail-bells.ts";
import type { Receipt } from "./receipt.ts";

/** Receipts whose changes are the agents that they were for, in their order. */
function createReceipts() {
  const agents: string[] = [];
  const watchers = new Set<() => void>();
  const fails = { now: false };
  let looks = 0;
  return {
    fails,
    looks: () => looks,
    watchers: () => watchers.size,
    change(...changed: readonly string[]) {
      agents.push(...changed);
      for (const wake of watchers) wake();
    },
    async changes(after: number, limit: number) {
      looks += 1;
      if (fails.now) throw new Error("no disk");
      const all = agents.map((agent, at) => ({ agent, change: at + 1 }) as Receipt);
      return all.filter(({ change }) => change > after).slice(0, limit);
    },
    lastChange: async () => {
      if (fails.now) throw new Error("no disk");
      return agents.length;
    },
    watch(wake: () => void) {
      watchers.add(wake);
      return () => void watchers.delete(wake);
    },
  };
}

async function rung(count: number) {
  const receipts = createReceipts();
  const bells = createMailBells(receipts);
  const heard: string[] = [];
  const names = Array.from({ length: count }, (_, at) => `agent-${at}`);
  const leave = await Promise.all(names.map((name) => bells.watch([name, "mac"], () => heard.push(name))));
  return { receipts, bells, heard, leave };
}

it("rings those whom a change is for, after one look for all", async () => {
  const { receipts, heard } = await rung(100);
  receipts.change("agent-7", "nobody");
  await setImmediate();
  expect([heard, receipts.looks()]).toEqual([["agent-7"], 1]);
  receipts.change("mac");
  await setImmediate();
  expect([heard.length, receipts.looks()]).toEqual([101, 2]);
});

it("looks through all changes, however many came at once", async () => {
  const { receipts, heard } = await rung(1);
  receipts.change(...Array.from({ length: 1500 }, () => "nobody"), "agent-0");
  await setImmediate();
  expect(heard).toEqual(["agent-0"]);
});

it("rings everybody when it cannot look, and goes on", async () => {
  const { receipts, heard } = await rung(2);
  receipts.fails.now = true;
  receipts.change("agent-1");
  await setImmediate();
  expect(new Set(heard)).toEqual(new Set(["agent-0", "agent-1"]));
  receipts.fails.now = false;
  heard.length = 0;
  receipts.change("nobody");
  await setImmediate();
  expect(heard).toEqual(["agent-1"]);
});

it("looks at nothing for those who have left, and hears whoever comes after", async () => {
  const { receipts, bells, heard, leave } = await rung(2);
  for (const go of leave) go();
  receipts.change("agent-0");
  await setImmediate();
  expect([heard, receipts.looks(), receipts.watchers()]).toEqual([[], 0, 0]);
  await bells.watch(["agent-0"], () => heard.push("again"));
  receipts.change("agent-0");
  await setImmediate();
  expect(heard).toEqual(["again"]);
});

it("keeps nobody who could not be let in", async () => {
  const receipts = createReceipts();
  const bells = createMailBells(receipts);
  receipts.fails.now = true;
  await expect(bells.watch(["agent-0"], () => undefined)).rejects.toThrow("no disk");
  expect(receipts.watchers()).toBe(0);
  receipts.fails.now = false;
  await bells.watch(["agent-0"], () => undefined);
  expect(receipts.watchers()).toBe(1);
});
