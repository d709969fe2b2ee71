import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAgents } from "../agents/agents.ts";
import { type Bridge, createBridge } from "../core/bridge.ts";
import { localOperator } from "../core/principal.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { createFakeClock, type FakeClock } from "../testing/fake-clock.ts";
import { operations } from "./index.ts";

/** What a person is shown as time goes by. */

const minute = 60_000;
const channel = "payments:worker";

let clock: FakeClock;
let bridge: Bridge;
beforeEach(() => {
  clock = createFakeClock();
  const store = createMemoryStore({ clock });
  const onError = (error: unknown) => {
    throw error;
  };
  const timer = () => () => undefined;
  const agents = createAgents({ store, clock, directory: { list: () => [] }, onError, timer });
  bridge = createBridge({ store, clock, agents });
});
afterEach(() => bridge.close());

const { signal } = new AbortController();
const as = (agent: string) => ({ principal: localOperator, signal: () => signal, agent });

const send = (to: string, content = "go") => bridge.call(operations.send, { channel, to, content }, as("mac/a"));

const needs = () => bridge.call(operations.needs, {}, as("anna"));

const agentsIn = (rows: Awaited<ReturnType<typeof needs>>["unnoticed"]) => rows.map(({ receipt }) => receipt.agent);

describe("what nobody has noticed", () => {
  it("is for agents that are away, a quarter of an hour after it was sent", async () => {
    await send("win/worker");
    await send("you");
    clock.advance(14 * minute);
    expect((await needs()).unnoticed).toEqual([]);
    clock.advance(2 * minute);
    const { unnoticed } = await needs();
    expect(agentsIn(unnoticed)).toEqual(["win/worker"]);
    expect(unnoticed[0]).toMatchObject({ since: "2026-01-01T00:00:00.000000Z", message: { sender: "mac/a" } });
  });

  it("is not what an agent that is there will see, itself or another of its machine", async () => {
    await send("win/worker");
    await send("win");
    clock.advance(16 * minute);
    expect(agentsIn((await needs()).unnoticed)).toEqual(["win/worker", "win"]);
    await bridge.call(operations.announce, { shim: "1.0.0" }, as("win/worker"));
    expect((await needs()).unnoticed).toEqual([]);
  });

  it("is not what is at the agent's machine", async () => {
    const { id } = await send("win/worker");
    clock.advance(16 * minute);
    const marks = [{ message_id: id, state: "at_machine" }];
    await bridge.call(operations.mark, { marks }, as("win/worker"));
    expect((await needs()).unnoticed).toEqual([]);
  });
});

describe("what failed", () => {
  it("is not what a person has refused, who wanted it so", async () => {
    const [{ id: toPerson }, { id: toAgent }] = [await send("you"), await send("win/worker")];
    const refused = (id: string) => ({ marks: [{ message_id: id, state: "refused", reason: "no" }] });
    await bridge.call(operations.mark, refused(toPerson), as("you"));
    await bridge.call(operations.mark, refused(toAgent), as("win/worker"));
    expect(agentsIn((await needs()).failed)).toEqual(["win/worker"]);
  });

  it("is shown for a day", async () => {
    const { id } = await send("win/worker");
    const marks = [{ message_id: id, state: "refused", reason: "never" }];
    await bridge.call(operations.mark, { marks }, as("win/worker"));
    clock.advance(23 * 60 * minute);
    expect((await needs()).failed).toMatchObject([{ receipt: { state: "refused" } }]);
    clock.advance(2 * 60 * minute);
    expect((await needs()).failed).toEqual([]);
  });
});

describe("an open question", () => {
  it("is shown however much came after it, and whether it was read or not", async () => {
    const asked = { channel, to: "you", content: "deploy?" };
    const { id } = await bridge.call(operations.ask, asked, as("mac/a"));
    for (let index = 0; index < 450; index += 1) await send("you", `${index}`);
    await bridge.call(operations.mark, { marks: [{ message_id: id, state: "acknowledged" }] }, as("you"));
    expect((await needs()).questions).toMatchObject([{ message: { id }, text: "deploy?" }]);
  });
});
