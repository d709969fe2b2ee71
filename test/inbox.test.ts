import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, callAs } from "./support/agent-call.ts";
import { bearer, tokenFor } from "./support/credentials.ts";
import { post, type Served, serve } from "./support/face.ts";

/** What agents find for them, and what senders are told of it, over the HTTP API. */

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const channel = "payments:worker";

const ask = (agent: string, path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  callAs(`${served.url}${path}`, agent, body, headers);

const send = (agent: string, content: string, more: object = {}) =>
  ask(agent, "/api/send", { channel, content, ...more });

const inbox = (agent: string, more: object = {}) => ask(agent, "/api/inbox", more);

const textsOf = ({ messages }: Answer) =>
  (messages as { content: string; message?: { content: string } }[]).map(
    ({ content, message }) => message?.content ?? content,
  );

async function receiptsOf(id: unknown): Promise<readonly Record<string, unknown>[]> {
  const response = await fetch(`${served.url}/api/receipts?message_ids=${String(id)}`);
  return ((await response.json()) as { receipts: Record<string, unknown>[] }).receipts;
}

const mark = (agent: string, id: unknown, state: string) =>
  ask(agent, "/api/receipts", { marks: [{ message_id: id, state }] });

describe("an inbox", () => {
  it("has what is addressed to the agent, to its machine, what answers it and what mentions it", async () => {
    const { id } = await send("win/worker", "who can help?");
    await send("mac/a", "to you", { to: "win/worker" });
    await send("mac/a", "to your machine", { to: "win" });
    await send("mac/a", "an answer", { reply_to: id });
    await send("mac/a", "@win/worker look, and not `@win/worker`");
    await send("mac/a", "to nobody");
    await send("mac/a", "to somebody else", { to: "pi/other" });
    const { messages, ...rest } = await inbox("win/worker");
    expect((messages as { why: string; content: string }[]).map(({ why }) => why)).toEqual([
      "addressed",
      "addressed",
      "reply",
      "mention",
    ]);
    expect(rest).toMatchObject({ agent: "win/worker", unread: 4, channels: [{ channel, unread: 4 }] });
  });

  it("never has what the agent sent itself", async () => {
    const { id } = await send("win/worker", "@win/worker note to self", { to: "win/worker" });
    await send("win/worker", "and more", { reply_to: id });
    expect(await inbox("win/worker")).toMatchObject({ messages: [], unread: 0 });
  });

  it("keeps what was read until it is said to be in context", async () => {
    const { id } = await send("mac/a", "one", { to: "win/worker" });
    await send("mac/a", "two", { to: "win/worker" });
    expect(textsOf(await inbox("win/worker"))).toEqual(["one", "two"]);
    expect(textsOf(await inbox("win/worker"))).toEqual(["one", "two"]);
    await mark("win/worker", id, "at_machine");
    expect(textsOf(await inbox("win/worker"))).toEqual(["one", "two"]);
    await mark("win/worker", id, "in_context");
    expect(textsOf(await inbox("win/worker"))).toEqual(["two"]);
  });

  it("waits for the next message, and pages by its seq", async () => {
    const waiting = inbox("win/worker", { wait_seconds: 20 });
    await send("mac/a", "x", { to: "pi/other" });
    await send("mac/a", "one", { to: "win/worker" });
    const first = await waiting;
    expect(textsOf(first)).toEqual(["one"]);
    const second = inbox("win/worker", { after: first["next"], wait_seconds: 20 });
    await send("mac/a", "two", { to: "win/worker" });
    expect(textsOf(await second)).toEqual(["two"]);
    expect(await inbox("win/worker", { limit: 1 })).toMatchObject({ unread: 2, next: first["next"] });
  });

  it("ends a wait with nothing when its time is over", async () => {
    expect(await inbox("win/worker", { wait_seconds: 0.01 })).toMatchObject({ messages: [], next: 0 });
  });

  it("is of whoever says who it is", async () => {
    const response = await post(`${served.url}/api/inbox`, {});
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "invalid_input", field: "agent" });
    expect(await ask(" padded ", "/api/inbox", {})).toMatchObject({ status: 200 });
    expect(await ask("%0a", "/api/inbox", {})).toMatchObject({ status: 400, field: "agent" });
    expect(await ask("%e4", "/api/inbox", {})).toMatchObject({ status: 400, field: "agent" });
  });
});

describe("what a sender is told", () => {
  it("is for whom its message is, and what will happen, never more than is known", async () => {
    await inbox("win/worker");
    expect(await send("mac/a", "go", { to: "win/worker" })).toMatchObject({
      receipt: "stored",
      receipts: [{ agent: "win/worker", state: "stored", why: "addressed" }],
      next: "win/worker is away, last seen just now; it sees this when it returns.",
    });
    expect(await send("mac/a", "go")).toMatchObject({
      receipts: [],
      next: "It is for nobody in particular: whoever reads the channel sees it.",
    });
  });

  it("is that an agent wakes only while a way is proved", async () => {
    const announce = (said: object) => ask("win/worker", "/api/agents", { shim: "1.0.0", ...said });
    await announce({ ways: ["monitor"] });
    expect(await send("mac/a", "1", { to: "win/worker" })).toMatchObject({
      next: expect.stringMatching(/^win\/worker is there, but nothing has proved that it wakes/),
    });
    await announce({ proved: { way: "monitor" } });
    expect(await send("mac/a", "2", { to: "win/worker" })).toMatchObject({
      next: "win/worker wakes (monitor, proved just now).",
    });
    await announce({ ways: [] });
    expect(await send("mac/a", "3", { to: "win/worker" })).toMatchObject({
      next: expect.stringMatching(/^win\/worker is there, but/),
    });
    await announce({ gone: true });
    expect(await send("mac/a", "4", { to: "win/worker" })).toMatchObject({
      next: expect.stringMatching(/^win\/worker is away/),
    });
  });

  it("has the nearest names for a recipient whom nobody knows, and the message waits for it", async () => {
    await inbox("win/worker");
    const sent = await send("mac/a", "go", { to: "win/wroker" });
    expect(sent).toMatchObject({ note: "nobody called 'win/wroker' was ever here; there is win/worker, win" });
    expect(textsOf(await inbox("win/wroker"))).toEqual(["go"]);
  });

  it("is a refusal for a direct message to nobody or to several", async () => {
    await inbox("win/worker");
    await inbox("pi/worker");
    expect(await ask("mac/a", "/api/send", { to: "win/wroker", content: "x" })).toMatchObject({
      status: 404,
      code: "not_found",
      field: "to",
    });
    expect(await ask("mac/a", "/api/send", { to: "worker", content: "x" })).toMatchObject({
      status: 404,
      error: "to: 'worker' may be pi/worker or win/worker: say which",
    });
    expect(await ask("mac/a", "/api/send", { content: "x" })).toMatchObject({ status: 400, field: "channel" });
  });

  it("is the same for what is sent to an agent's own channel", async () => {
    await inbox("win/worker");
    expect(await send("mac/a", "psst", { channel: "@win/worker" })).toMatchObject({
      receipts: [{ agent: "win/worker" }],
    });
    const [{ id } = {}] = (await inbox("win/worker"))["messages"] as { id: string }[];
    const answer = await send("win/worker", "yes?", { channel: "@win/worker", reply_to: id });
    expect(answer).toMatchObject({ receipts: [{ agent: "mac/a", why: "reply" }] });
  });

  it("is the channel of a direct message", async () => {
    await inbox("win/worker");
    expect(await ask("mac/a", "/api/send", { to: "worker", content: "psst" })).toMatchObject({
      channel: "@win/worker",
      sender: "mac/a",
      receipts: [{ agent: "win/worker" }],
    });
    expect(textsOf(await inbox("win/worker"))).toEqual(["psst"]);
  });
});

describe("receipts", () => {
  it("go from stored to answered as it becomes known, and say when", async () => {
    const { id } = await send("mac/a", "go", { to: "win/worker" });
    for (const state of ["at_machine", "in_context"]) {
      await mark("win/worker", id, state);
      expect(await receiptsOf(id)).toMatchObject([{ agent: "win/worker", state }]);
    }
    await ask("win/worker", "/api/ack", { channel, consumer_id: "win/worker", message_id: id });
    expect(await receiptsOf(id)).toMatchObject([{ state: "acknowledged" }]);
    const answer = await send("win/worker", "done", { reply_to: id });
    const [receipt] = await receiptsOf(id);
    expect(receipt).toMatchObject({ state: "answered", answer_id: answer["id"] });
    expect(Object.keys(receipt?.["at"] as object)).toEqual([
      "stored",
      "at_machine",
      "in_context",
      "acknowledged",
      "answered",
    ]);
  });

  it("of what an acknowledgement passes over stay where they are, unless it was in context", async () => {
    const [one, two, three] = [
      await send("mac/a", "1", { to: "win/worker" }),
      await send("mac/a", "2", { to: "win/worker" }),
      await send("mac/a", "3", { to: "win/worker" }),
    ];
    await mark("win/worker", one["id"], "in_context");
    await ask("win/worker", "/api/ack", { channel, consumer_id: "me", message_id: three["id"] });
    const states = await Promise.all([one, two, three].map(async ({ id }) => (await receiptsOf(id))[0]?.["state"]));
    expect(states).toEqual(["acknowledged", "stored", "acknowledged"]);
  });

  it("say that an agent refused, and why", async () => {
    const { id } = await send("mac/a", "rm -rf", { to: "win/worker" });
    await ask("win/worker", "/api/ack", { channel, consumer_id: "me", message_id: id, refuse: "not without a person" });
    expect(await receiptsOf(id)).toMatchObject([{ state: "refused", reason: "not without a person" }]);
  });

  it("are of one's own machine only, whatever name is given", async () => {
    const [win, pi] = [await tokenFor(served.bridge, "win"), await tokenFor(served.bridge, "pi")];
    const { id } = await ask("a", "/api/send", { channel, content: "go", to: "win/worker" }, bearer(pi.token));
    await ask("win/worker", "/api/receipts", { marks: [{ message_id: id, state: "in_context" }] }, bearer(pi.token));
    expect(await inbox("worker", {})).toMatchObject({ status: 401 });
    const mail = await ask("worker", "/api/inbox", {}, bearer(win.token));
    expect(mail).toMatchObject({ agent: "win/worker", messages: [{ sender: "pi/a", content: expect.any(String) }] });
    expect(await ask("win/worker", "/api/inbox", {}, bearer(pi.token))).toMatchObject({ messages: [] });
  });

  it("are the same machine's under its new name, and never those of whoever would take the old one (pi-intercom#81)", async () => {
    const win = await tokenFor(served.bridge, "win");
    const source = { principal: "local" };
    const boss = await tokenFor(served.bridge, "boss");
    await ask("worker", "/api/inbox", {}, bearer(win.token));
    await ask("a", "/api/send", { channel, content: "before", to: "win/worker" }, bearer(boss.token));
    await served.bridge.access.directory.rename("win", "build", source);
    await ask("a", "/api/send", { channel, content: "by the old name", to: "win/worker" }, bearer(boss.token));
    await ask("a", "/api/send", { channel, content: "by the role", to: "worker" }, bearer(boss.token));
    const mail = await ask("worker", "/api/inbox", {}, bearer(win.token));
    expect(mail).toMatchObject({ agent: "build/worker", unread: 3 });
    await expect(tokenFor(served.bridge, "win")).rejects.toMatchObject({ code: "conflict" });
    await served.bridge.access.directory.rename("build", "win", source);
    expect(await ask("worker", "/api/inbox", {}, bearer(win.token))).toMatchObject({ agent: "win/worker", unread: 3 });
  });

  it("are told of no message that one may not read", async () => {
    const { id } = await send("mac/a", "go", { to: "win/worker" });
    const { token } = await tokenFor(served.bridge, "win", { channels: ["other:*"] });
    const refused = await fetch(`${served.url}/api/receipts?message_ids=${String(id)}`, { headers: bearer(token) });
    expect(refused.status).toBe(404);
    expect(await ask("worker", "/api/inbox", {}, bearer(token))).toMatchObject({ messages: [], unread: 0 });
  });
});

describe("who is there", () => {
  it("are the agents that were heard of, with what was proved of them", async () => {
    const client = { name: "claude-code", version: "2.1.330" };
    await ask("win/worker", "/api/agents", { project: "/src/payments", client, shim: "1.0.0", ways: ["monitor"] });
    await ask("win/worker", "/api/agents", { doing: "waiting", waiting_on: "mac/a" });
    const response = await fetch(`${served.url}/api/agents`);
    expect(await response.json()).toMatchObject({
      agents: [
        {
          name: "win/worker",
          machine: "win",
          project: "/src/payments",
          client,
          doing: "waiting",
          waiting_on: "mac/a",
          reach: "by hand",
        },
      ],
    });
  });

  it("are at work when they have taken what was theirs, and a moment later see what comes", async () => {
    const { id } = await send("mac", "hello", { to: "worker" });
    await ask("worker", "/api/inbox", {});
    const reaches = async () =>
      ((await (await fetch(`${served.url}/api/agents`)).json()) as { agents: { name: string; reach: string }[] })
        .agents;
    expect(await reaches()).toContainEqual(expect.objectContaining({ name: "worker", reach: "away" }));
    await mark("worker", id, "in_context");
    expect(await reaches()).toContainEqual(expect.objectContaining({ name: "worker", reach: "next step" }));
  });
});
