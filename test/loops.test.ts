import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maxPairMessages } from "../src/core/limits.ts";
import { bearer, tokenFor } from "./support/credentials.ts";
import { post, type Served, serve } from "./support/face.ts";

/** Agents that talk without an end are stopped, their senders are told, and nothing is lost. */

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

interface Answer {
  readonly id: string;
  readonly receipt: string;
  readonly deduplicated: boolean;
  readonly note?: string;
  readonly next: string;
  readonly receipts: readonly { readonly agent: string; readonly state: string; readonly reason?: string }[];
}

async function send(agent: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await post(
    `${served.url}/api/send`,
    { channel: "talk:all", ...body },
    { "claude-bridge-agent": agent, ...headers },
  );
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

async function unread(agent: string): Promise<number> {
  const response = await post(`${served.url}/api/inbox`, {}, { "claude-bridge-agent": agent });
  return ((await response.json()) as { unread: number }).unread;
}

describe("agents that answer each other", () => {
  it("are held when they have said enough to each other without a person, and their sender is told why", async () => {
    const answers: Answer[] = [];
    for (let turn = 0; turn <= maxPairMessages; turn += 1) {
      const [from, to] = turn % 2 === 0 ? ["mac/a", "win/b"] : ["win/b", "mac/a"];
      answers.push(await send(from ?? "", { to, content: `turn ${turn}` }));
    }
    expect(answers.slice(0, -1).every(({ receipt }) => receipt === "stored")).toBe(true);
    const last = answers.at(-1);
    expect(last).toMatchObject({ receipt: "held", receipts: [{ state: "held", reason: expect.any(String) }] });
    expect(last?.next).toContain("held");
    expect(await served.bridge.store.receipts.held(10)).toMatchObject([{ messageId: last?.id }]);
  });

  it("are shown to a person, who lets them go on", async () => {
    for (let turn = 0; turn <= maxPairMessages; turn += 1) {
      const [from = "", to] = turn % 2 === 0 ? ["mac/a", "win/b"] : ["win/b", "mac/a"];
      await send(from, { to, content: `turn ${turn}` });
    }
    const needs = async () => (await fetch(`${served.url}/api/needs`)).json();
    const loop = { pair: ["mac/a", "win/b"], held: 1, reason: expect.stringContaining("no person has spoken") };
    expect(await needs()).toMatchObject({ loops: [loop], failed: [{ receipt: { state: "held" } }] });
    const release = async (body: object) => (await post(`${served.url}/api/release`, body)).json();
    expect(await release({ pair: ["win/b", "mac/a"] })).toEqual({ receipts: [], reopened: true });
    expect(await release({ pair: ["win/b", "mac/a"] })).toEqual({ receipts: [], reopened: false });
    expect(await needs()).toMatchObject({ loops: [] });
    expect(await send("win/b", { to: "mac/a", content: "go on" })).toMatchObject({ receipt: "stored" });
    expect(await release({})).toMatchObject({ code: "invalid_input", field: "id" });
  });

  it("stop in a ring of three at the number of answers in a row (openclaw#37945)", async () => {
    const ring = ["a/x", "b/x", "c/x"];
    let replyTo: string | undefined;
    let woken = 0;
    for (let turn = 0; turn < 200; turn += 1) {
      const [from = "", to] = [ring[turn % 3], ring[(turn + 1) % 3]];
      const more = replyTo === undefined ? { to } : { to, reply_to: replyTo };
      const answer = await send(from, { content: `thank you, ${turn}`, ...more });
      if (answer.receipt === "held") break;
      woken += 1;
      replyTo = answer.id;
    }
    expect(woken).toBeGreaterThan(10);
    expect(woken).toBeLessThan(60);
  });

  it("go on when a person speaks", async () => {
    const { token } = await tokenFor(served.bridge, "ada", { kind: "person" });
    const [a, b] = [await tokenFor(served.bridge, "mac"), await tokenFor(served.bridge, "win")];
    const say = async (turn: number) =>
      turn % 2 === 0
        ? send("a", { to: "win/b", content: `turn ${turn}` }, bearer(a.token))
        : send("b", { to: "mac/a", content: `turn ${turn}` }, bearer(b.token));
    for (let turn = 0; turn < maxPairMessages; turn += 1) await say(turn);
    expect(await say(maxPairMessages)).toMatchObject({ receipt: "held" });
    await send("ada", { to: "win/b", content: "go on, please" }, bearer(token));
    expect(await say(maxPairMessages + 2)).toMatchObject({ receipt: "stored" });
  });
});

describe("the same message again", () => {
  const task = { to: "win/b", content: "Please run the whole test suite of the payments project." };

  it("is one, whoever invents a new key for it, and its sender learns how far the first got (botcord#668, agent-network#212)", async () => {
    const first = await send("mac/a", task);
    for (let again = 0; again < 50; again += 1) {
      const answer = await send("mac/a", { ...task, idempotency_key: `try-${again}` });
      expect(answer).toMatchObject({ id: first.id, deduplicated: true, receipts: [{ agent: "win/b" }] });
      expect(answer.note).toMatch(/^you sent this /);
    }
    expect(await unread("win/b")).toBe(1);
  });

  it("is another to another agent, and by another agent", async () => {
    const ids = [
      await send("mac/a", task),
      await send("mac/a", { ...task, to: "pi/c" }),
      await send("mac/d", task),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it("is never kept from a channel that wakes nobody", async () => {
    const beat = { content: "still alive, and nothing to say beside that" };
    expect((await send("mac/a", beat)).id).not.toBe((await send("mac/a", beat)).id);
  });
});

describe("a channel of sixteen agents", () => {
  it("wakes one for one mention (buzz#3146)", async () => {
    const agents = Array.from({ length: 16 }, (_, index) => `m${index}/agent-${index}`);
    for (const agent of agents) await unread(agent);
    await send("m0/agent-0", { content: "hello everybody, @agent-7 can you look?" });
    const counts = await Promise.all(agents.map(unread));
    expect(counts.map((count, index) => (count > 0 ? index : -1)).filter((index) => index >= 0)).toEqual([7]);
  });

  it("wakes nobody for an acknowledgement", async () => {
    await unread("win/b");
    const { id } = await send("mac/a", { content: "go", to: "win/b" });
    await send("win/b", { content: "thanks, will do", reply_to: id, type: "ack" });
    expect(await unread("mac/a")).toBe(0);
  });
});
