import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, callAs } from "./support/agent-call.ts";
import { bearer, tokenFor } from "./support/credentials.ts";
import { type Served, serve } from "./support/face.ts";

/** A question and what becomes of it, over the HTTP API. What happens at its times is in src/agents/timekeeper.test.ts. */

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const channel = "payments:worker";

const call = (agent: string, path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  callAs(`${served.url}${path}`, agent, body, headers);

const ask = (content: string, more: object = {}) =>
  call("mac/a", "/api/ask", { channel, to: "win/worker", content, ...more });

const answer = (id: unknown, content: string, agent = "win/worker") =>
  call(agent, "/api/send", { channel, content, reply_to: id });

const mark = (agent: string, id: unknown, state: string, more: object = {}) =>
  call(agent, "/api/receipts", { marks: [{ message_id: id, state, ...more }] });

async function get(path: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  return (await (await fetch(`${served.url}${path}`, { headers })).json()) as Record<string, unknown>;
}

const receiptsOf = async (id: unknown) => (await get(`/api/receipts?message_ids=${String(id)}`))["receipts"];

/** What is for the agent and not in context yet: from whom, as what, and why. */
async function mailOf(agent: string): Promise<readonly string[]> {
  const { messages } = await call(agent, "/api/inbox", {});
  return (messages as { sender: string; why: string; message?: { type: string; content: string } }[]).map(
    ({ sender, why, message }) => `${sender} ${why} ${message?.type ?? "-"}: ${message?.content ?? "-"}`,
  );
}

describe("a question", () => {
  it("is a message of its type that has a deadline, and is answered with a ticket", async () => {
    const before = Date.now();
    const ticket = await ask("which branch?", { deadline_seconds: 60, options: ["main", "release"] });
    expect(ticket).toMatchObject({
      status: 200,
      receipt: "stored",
      receipts: [{ agent: "win/worker", state: "stored", due: { what: "remind" } }],
    });
    expect(Date.parse(ticket["deadline"] as string) - before).toBeGreaterThanOrEqual(60_000);
    expect(ticket["answer"]).toBeUndefined();
    const { message } = await get(`/api/messages/${String(ticket["id"])}`);
    expect(message).toMatchObject({
      type: "question",
      recipient: "win/worker",
      content: "which branch?",
      metadata: { options: ["main", "release"] },
    });
  });

  it("may be an envelope of its type, whole", async () => {
    const message = { schema_version: 1, type: "question", content: { pick: [1, 2] }, recipient: "win/worker" };
    const ticket = await call("mac/a", "/api/ask", { channel, message });
    expect(ticket).toMatchObject({ status: 200, receipts: [{ agent: "win/worker" }] });
    const other = await call("mac/a", "/api/ask", { channel, message: { ...message, type: "task" } });
    expect(other).toMatchObject({ status: 400, field: "message.type" });
  });

  it("is for somebody, or it is refused: nobody would be reminded, and nobody told", async () => {
    expect(await call("mac/a", "/api/ask", { channel, content: "anybody?" })).toMatchObject({
      status: 400,
      field: "to",
    });
    expect(await ask("me?", { to: "mac/a" })).toMatchObject({ status: 404, field: "to" });
    await call("win/worker", "/api/inbox", {});
    await call("pi/worker", "/api/inbox", {});
    expect(await ask("which?", { to: "worker" })).toMatchObject({
      status: 404,
      error: "to: 'worker' may be pi/worker or win/worker: say which",
    });
  });

  it("to a ghost bounces (#214)", async () => {
    await call("win/worker", "/api/inbox", {});
    expect(await call("mac/a", "/api/ask", { to: "win/wroker", content: "?" })).toMatchObject({
      status: 404,
      error: "to: nobody called 'win/wroker' was ever here; there is win/worker, win",
    });
    expect(await ask("?", { to: "win/wroker" })).toMatchObject({
      status: 200,
      note: "nobody called 'win/wroker' was ever here; there is win/worker, win",
      next: "win/wroker was never here; it sees this when it comes.",
    });
  });
});

describe("an answer", () => {
  it("wakes the asker (#498): it stands in its inbox as a reply", async () => {
    const { id } = await ask("which branch?");
    const waiting = call("mac/a", "/api/inbox", { wait_seconds: 20 });
    const replied = await answer(id, "main");
    expect((await waiting)["messages"]).toMatchObject([{ why: "reply", id: replied["id"], sender: "win/worker" }]);
    expect(await receiptsOf(id)).toMatchObject([{ state: "answered", answer_id: replied["id"] }]);
  });

  it("ends the wait of who asked, with the answer in it", async () => {
    const waiting = ask("which branch?", { wait_seconds: 20 });
    const mail = await call("win/worker", "/api/inbox", { wait_seconds: 20 });
    const [{ id }] = mail["messages"] as [{ id: string }];
    await mark("win/worker", id, "in_context");
    await answer(id, "main");
    expect(await waiting).toMatchObject({
      id,
      receipts: [{ state: "answered" }],
      answer: { sender: "win/worker", message: { content: "main", reply_to: id } },
    });
  });

  it("is not waited for when it will not come: the refusal ends the wait", async () => {
    const waiting = ask("rm -rf?", { wait_seconds: 20 });
    const mail = await call("win/worker", "/api/inbox", { wait_seconds: 20 });
    const [{ id }] = mail["messages"] as [{ id: string }];
    await mark("win/worker", id, "refused", { reason: "never" });
    const ticket = await waiting;
    expect(ticket).toMatchObject({ receipts: [{ state: "refused", reason: "never" }] });
    expect(ticket["answer"]).toBeUndefined();
  });

  it("that does not come in time leaves the ticket as it is", async () => {
    expect(await ask("?", { wait_seconds: 0.01 })).toMatchObject({ status: 200, receipts: [{ state: "stored" }] });
  });

  it("still wakes the asker when its question has expired long since", async () => {
    const { id, seq } = await ask("which branch?");
    const expired = { seq: seq as never, agent: "win/worker", state: "expired", reason: "late", due: null } as const;
    await served.bridge.store.receipts.record([expired]);
    await answer(id, "main");
    expect(await mailOf("mac/a")).toEqual(["win/worker reply message: main"]);
    expect(await receiptsOf(id)).toMatchObject([{ state: "answered" }]);
  });
});

describe("a question that is taken back", () => {
  it("expires where nobody has read it, and is not found any more", async () => {
    const { id } = await ask("which branch?");
    expect(await call("mac/a", "/api/cancel", { id, reason: "found it" })).toMatchObject({
      status: 200,
      receipts: [{ state: "expired", reason: "cancelled by mac/a: found it" }],
    });
    expect(await mailOf("win/worker")).toEqual([]);
  });

  it("is told to whoever has read it, once", async () => {
    const { id } = await ask("which branch?");
    await mark("win/worker", id, "in_context");
    const first = await call("mac/a", "/api/cancel", { id });
    expect(first).toMatchObject({ receipts: [{ state: "in_context", reason: "cancelled by mac/a" }] });
    expect(await call("mac/a", "/api/cancel", { id, reason: "again" })).toMatchObject({ receipts: first["receipts"] });
    const text = `The question ${String(id)} was cancelled by mac/a. Nobody waits for your answer any more.`;
    expect(await mailOf("win/worker")).toEqual([`bridge addressed notice: ${text}`]);
  });

  it("is replaced in one step by the question that supersedes it", async () => {
    const { id: old } = await ask("main?");
    const { id } = await ask("release?", { supersedes: old });
    expect(await receiptsOf(old)).toMatchObject([{ state: "expired", reason: `superseded by ${String(id)}` }]);
    expect(await mailOf("win/worker")).toEqual(["mac/a addressed question: release?"]);
  });

  it("is not when it was answered: that is said, with the answer, and nothing is asked", async () => {
    const { id } = await ask("main?");
    const replied = await answer(id, "yes");
    const conflict = { status: 409, error: `id: win/worker has answered it, with ${String(replied["id"])}` };
    expect(await call("mac/a", "/api/cancel", { id })).toMatchObject(conflict);
    expect(await ask("release?", { supersedes: id })).toMatchObject(conflict);
    expect(await mailOf("win/worker")).toEqual([]);
  });

  it("is its asker's own, or any for an administrator", async () => {
    const [mac, win] = [await tokenFor(served.bridge, "mac"), await tokenFor(served.bridge, "win")];
    const asked = { channel, to: "win/worker", content: "?" };
    const { id } = await call("a", "/api/ask", asked, bearer(mac.token));
    const refused = { status: 403, code: "forbidden" };
    expect(await call("worker", "/api/cancel", { id }, bearer(win.token))).toMatchObject(refused);
    expect(await call("worker", "/api/cancel", { id: "no-such-message" }, bearer(win.token))).toMatchObject(refused);
    expect(await call("a", "/api/cancel", { id }, bearer(mac.token))).toMatchObject({ status: 200 });
    const { id: second } = await call("a", "/api/ask", asked, bearer(mac.token));
    const admin = bearer((await tokenFor(served.bridge, "anna", { kind: "person", permissions: ["admin"] })).token);
    expect(await call("", "/api/cancel", { id: second }, admin)).toMatchObject({
      receipts: [{ reason: "cancelled by anna" }],
    });
    expect(await call("", "/api/cancel", { id: "no-such-message" }, admin)).toMatchObject({ status: 404 });
  });
});

describe("a refusal", () => {
  it("is told to the sender, once, and by nobody for whom it was not", async () => {
    const { id } = await ask("rm -rf?");
    await mark("pi/other", id, "refused", { reason: "not mine" });
    const refuse = { channel, consumer_id: "win/worker", message_id: id, refuse: "not without a person" };
    await call("win/worker", "/api/ack", refuse);
    await call("win/worker", "/api/ack", refuse);
    const text = `win/worker refused ${String(id)}: not without a person`;
    expect(await mailOf("mac/a")).toEqual([`bridge addressed notice: ${text}`]);
  });
});

describe("what needs a person", () => {
  it("are the open questions to any person and to this one, with their quick answers", async () => {
    const { id } = await ask("deploy?", { to: "you", options: ["yes", "no"] });
    await ask("to an agent?");
    await call("mac/a", "/api/send", { channel, to: "you", content: "no question" });
    expect(await get("/api/needs")).toMatchObject({
      questions: [
        { message: { id, sender: "mac/a" }, receipt: { agent: "you" }, text: "deploy?", options: ["yes", "no"] },
      ],
      unnoticed: [],
      failed: [],
    });
    const person = await tokenFor(served.bridge, "anna", { kind: "person" });
    const mac = bearer((await tokenFor(served.bridge, "mac")).token);
    const mine = await call("a", "/api/ask", { channel, to: "anna", content: "and you, anna?" }, mac);
    const seen = (await get("/api/needs", bearer(person.token)))["questions"] as { message: { id: string } }[];
    expect(seen.map(({ message }) => message.id)).toEqual([mine["id"], id]);
    await call("", "/api/send", { channel, content: "yes", reply_to: id }, bearer(person.token));
    await call("a", "/api/cancel", { id: mine["id"] }, mac);
    expect(await get("/api/needs", bearer(person.token))).toMatchObject({ questions: [] });
  });

  it("are not of channels that one may not read", async () => {
    await ask("deploy?", { to: "you" });
    const { token } = await tokenFor(served.bridge, "anna", { kind: "person", channels: ["other:*"] });
    expect(await get("/api/needs", bearer(token))).toMatchObject({ questions: [], unnoticed: [], failed: [] });
  });

  it("is what was refused, but not what was taken back", async () => {
    const { id } = await ask("rm -rf?");
    await mark("win/worker", id, "refused", { reason: "never" });
    const { id: other } = await ask("never mind?");
    await call("mac/a", "/api/cancel", { id: other });
    const { failed } = await get("/api/needs");
    expect(failed).toMatchObject([{ message: { id }, receipt: { state: "refused", reason: "never" } }]);
    expect(failed).toHaveLength(1);
  });

  it("is what is held, until it is released: then its agent is woken, and the audit says who did it", async () => {
    const { store } = served.bridge;
    const held = { agent: "win/worker", why: "addressed", state: "held", reason: "a loop" } as const;
    const draft = { channel: channel as never, sender: "mac/a", content: "again", addressees: [held] };
    const [sent] = await store.append([draft]);
    const id = sent?.kind === "appended" ? sent.message.id : "";
    expect(await get("/api/needs")).toMatchObject({ failed: [{ message: { id }, receipt: { reason: "a loop" } }] });
    expect(await mailOf("win/worker")).toEqual([]);
    expect(await call("mac/a", "/api/release", { id })).toMatchObject({ status: 200, receipts: [{ state: "stored" }] });
    const text = `${id} from mac/a was held back, and is released to you now.`;
    expect(await mailOf("win/worker")).toEqual(["mac/a addressed -: -", `bridge addressed notice: ${text}`]);
    expect(await get("/api/needs")).toMatchObject({ failed: [] });
    expect(await call("mac/a", "/api/release", { id })).toMatchObject({ receipts: [], reopened: false });
    expect((await store.audit.newest(5)).filter(({ event }) => event === "release")).toMatchObject([
      { channel, detail: "for win/worker" },
    ]);
  });
});
