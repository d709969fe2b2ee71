import { expect, it } from "vitest";
import { maxReceiptsPerMessage } from "../../core/limits.ts";
import { beginning, type Draft, type Message, type Seq } from "../../core/message.ts";
import type { Store } from "../../core/store.ts";
import { draft, freshStore, type OpenStore, review, send, sendOne, textsOf, worker } from "./fixture.ts";
import { mail, mark, to } from "./mail.ts";

const waitingFor = async (store: Store, ...agents: readonly string[]) =>
  textsOf((await store.receipts.waiting(agents, beginning, 10)).map(({ message }) => message));

const statesOf = async (store: Store, ...messages: readonly Message[]) =>
  (await store.receipts.of(messages.map(({ seq }) => seq))).map(({ agent, state }) => `${agent} ${state}`);

export function receipts(open: OpenStore): void {
  const fresh = freshStore(open);

  it("begin with their message, one for each agent that it is for, and nothing for others", async () => {
    const { here, there, clock } = fresh;
    const [first, second] = await send(here, mail("a", to("win"), to("pi", { why: "mention" })), draft("b"));
    const both = await there.receipts.of([first?.seq ?? beginning, second?.seq ?? beginning]);
    const common = { seq: first?.seq, messageId: first?.id, channel: worker, sender: "ann", state: "stored" };
    expect(both).toEqual([
      { ...common, agent: "pi", why: "mention", times: { stored: clock.now() }, change: expect.any(Number) },
      { ...common, agent: "win", why: "addressed", times: { stored: clock.now() }, change: expect.any(Number) },
    ]);
  });

  it("wait for their agents until they are in context, oldest first", async () => {
    const { here, there } = fresh;
    const [one] = await send(here, mail("1", to("win")), mail("2", to("win"), to("pi")), mail("3", to("pi")));
    expect(await waitingFor(there, "win")).toEqual(["1", "2"]);
    expect(await waitingFor(there, "win", "pi")).toEqual(["1", "2", "2", "3"]);
    if (one === undefined) throw new Error("nothing was sent");
    await there.receipts.record([mark(one, "win", "at_machine")]);
    expect(await waitingFor(here, "win")).toEqual(["1", "2"]);
    await there.receipts.record([mark(one, "win", "in_context")]);
    expect(await waitingFor(here, "win")).toEqual(["2"]);
    expect(await here.receipts.waiting(["win"], one.seq, 10)).toHaveLength(1);
    expect(await here.receipts.waiting(["win", "pi"], beginning, 1)).toHaveLength(1);
    await send(there, { ...mail("4", to("pi")), channel: review });
    expect(await here.receipts.unread(["win", "pi"])).toEqual([
      { channel: review, messages: 1 },
      { channel: worker, messages: 2 },
    ]);
    expect(await here.receipts.unread(["nobody"])).toEqual([]);
  });

  it("go forward only, and say when they came where", async () => {
    const { here, there, clock } = fresh;
    const message = await sendOne(here, mail("a", to("win")));
    const storedAt = clock.now();
    clock.advance(1000);
    const [marked] = await here.receipts.record([mark(message, "win", "in_context")]);
    expect(marked).toMatchObject({ state: "in_context", times: { stored: storedAt, in_context: clock.now() } });
    clock.advance(1000);
    for (const earlier of ["at_machine", "stored", "held", "expired", "in_context"] as const) {
      expect(await there.receipts.record([mark(message, "win", earlier)])).toEqual([]);
    }
    expect(await there.receipts.of([message.seq])).toEqual([marked]);
  });

  it("are made by whoever reads unasked, but not by the sender, and not for what is gone", async () => {
    const { here, there } = fresh;
    const message = await sendOne(here, draft("a"));
    expect(await there.receipts.record([mark(message, "ann", "in_context")])).toEqual([]);
    expect(await there.receipts.record([mark(message, "win", "stored")])).toEqual([]);
    expect(await there.receipts.record([mark({ seq: 4711 as Seq }, "win", "in_context")])).toEqual([]);
    expect(await there.receipts.record([mark(message, "win", "in_context")])).toMatchObject([{ agent: "win" }]);
    const [receipt] = await here.receipts.of([message.seq]);
    expect(receipt).toMatchObject({ agent: "win", state: "in_context" });
    expect(receipt?.why).toBeUndefined();
  });

  it("of one message are kept up to a bound", async () => {
    const { here } = fresh;
    const message = await sendOne(here, draft("a"));
    const readers = Array.from({ length: maxReceiptsPerMessage + 5 }, (_, index) => `r${index}`);
    await here.receipts.record(readers.map((name) => mark(message, name, "in_context")));
    expect(await here.receipts.of([message.seq])).toHaveLength(maxReceiptsPerMessage);
    expect(await here.receipts.record([mark(message, "r0", "acknowledged")])).toHaveLength(1);
  });

  it("of what is answered say by what, for those that it was for, or else for whoever answers", async () => {
    const { here, there } = fresh;
    const question = await sendOne(here, mail("?", to("win")));
    const other = await sendOne(here, draft("??"));
    const reply = (answers: Message, text: string): Draft => ({
      ...draft(text, worker, "win/a"),
      answers: { seq: answers.seq, as: ["win/a", "win"] },
    });
    const answer = await sendOne(there, reply(question, "!"));
    await sendOne(there, reply(other, "!!"));
    expect(await here.receipts.of([question.seq])).toMatchObject([
      { agent: "win", state: "answered", answer: answer.seq },
    ]);
    expect(await statesOf(here, other)).toEqual(["win/a answered"]);
  });

  it("are not made again for a message that was sent twice", async () => {
    const { here, there } = fresh;
    const once = { ...mail("a", to("win")), idempotencyKey: "k" };
    const message = await sendOne(here, once);
    await here.receipts.record([mark(message, "win", "acknowledged")]);
    await sendOne(there, once);
    expect(await statesOf(there, message)).toEqual(["win acknowledged"]);
  });

  it("are not acknowledged yet while they are only in context", async () => {
    const { here, there } = fresh;
    const [one, two, three] = await send(here, mail("1", to("win")), mail("2", to("win")), mail("3", to("win")));
    if (one === undefined || two === undefined || three === undefined) throw new Error("nothing was sent");
    await here.receipts.record([mark(one, "win", "in_context"), mark(three, "win", "in_context")]);
    const found = async (upTo: Message, channel = worker) =>
      (await there.receipts.unacknowledged(["win"], channel, upTo.seq, 10)).map(({ seq }) => seq);
    expect(await found(two)).toEqual([one.seq]);
    expect(await found(three)).toEqual([one.seq, three.seq]);
    expect(await found(three, review)).toEqual([]);
    await here.receipts.record([mark(one, "win", "acknowledged")]);
    expect(await found(three)).toEqual([three.seq]);
  });

  it("say when they are not worth a turn", async () => {
    const { here, there } = fresh;
    const { seq } = await sendOne(here, mail("a", to("win", { isQuiet: true }), to("pi")));
    expect((await there.receipts.of([seq])).map(({ isQuiet }) => isQuiet ?? false)).toEqual([false, true]);
  });

  it("that are held wait for nobody until they are released", async () => {
    const { here, there } = fresh;
    const message = await sendOne(here, mail("a", to("win", { state: "held", reason: "a loop" }), to("pi")));
    expect(await waitingFor(there, "win")).toEqual([]);
    expect(await there.receipts.held(10)).toMatchObject([{ agent: "win", reason: "a loop" }]);
    await there.receipts.record([mark(message, "win", "stored")]);
    expect(await waitingFor(here, "win")).toEqual(["a"]);
    expect(await here.receipts.held(10)).toEqual([]);
    expect((await here.receipts.of([message.seq])).map(({ reason }) => reason)).toEqual([undefined, undefined]);
  });

  it("that are refused from the start stay so", async () => {
    const { here, there } = fresh;
    const message = await sendOne(here, mail("a", to("win", { state: "refused", reason: "no right" })));
    expect(await waitingFor(there, "win")).toEqual([]);
    expect(await there.receipts.record([mark(message, "win", "in_context")])).toEqual([]);
  });
}

export function receiptDuties(open: OpenStore): void {
  const fresh = freshStore(open);
  const dueNow = async (store: Store) => (await store.receipts.due(fresh.clock.now(), 10)).map(({ due }) => due?.what);

  it("are due at their time, until they have got on", async () => {
    const { here, there, clock } = fresh;
    const at = clock.now() + 1000;
    const [one, two] = await send(
      here,
      mail("a", to("win", { due: { what: "expire", at } })),
      mail("b", to("win", { due: { what: "deadline", at: at + 1 } })),
    );
    expect(await dueNow(there)).toEqual([]);
    expect(await there.receipts.nextDue()).toBe(at);
    clock.advance(1001);
    expect(await dueNow(there)).toEqual(["expire", "deadline"]);
    if (one === undefined || two === undefined) throw new Error("nothing was sent");
    await there.receipts.record([mark(one, "win", "in_context"), mark(two, "win", "in_context")]);
    expect(await dueNow(here)).toEqual(["deadline"]);
    expect(await there.receipts.nextDue()).toBe(at + 1);
    await there.receipts.record([mark(two, "win", "answered")]);
    expect(await dueNow(here)).toEqual([]);
    expect(await there.receipts.nextDue()).toBeUndefined();
    expect(await there.receipts.record([{ seq: two.seq, agent: "win", due: null, reason: "overdue" }])).toEqual([]);
  });

  it("keep why they expired when they are read after all, until they are answered", async () => {
    const { here, there } = fresh;
    const message = await sendOne(here, mail("a", to("win")));
    await here.receipts.record([mark(message, "win", "expired", { reason: "too late" })]);
    await there.receipts.record([mark(message, "win", "in_context")]);
    expect(await here.receipts.of([message.seq])).toMatchObject([{ state: "in_context", reason: "too late" }]);
    await there.receipts.record([mark(message, "win", "answered")]);
    expect((await here.receipts.of([message.seq]))[0]?.reason).toBeUndefined();
  });

  it("can be moved, and be done with", async () => {
    const { here, there, clock } = fresh;
    const now = clock.now();
    const due = { what: "remind", at: now, deadline: now + 500 } as const;
    const { seq } = await sendOne(here, mail("a", to("win", { due })));
    expect(await there.receipts.due(now, 10)).toMatchObject([{ due }]);
    await there.receipts.record([{ seq, agent: "win", due: { what: "deadline", at: now + 500 } }]);
    expect(await dueNow(here)).toEqual([]);
    clock.advance(500);
    expect(await dueNow(here)).toEqual(["deadline"]);
    await here.receipts.record([{ seq, agent: "win", due: null, reason: "overdue" }]);
    expect(await dueNow(there)).toEqual([]);
    expect(await there.receipts.of([seq])).toMatchObject([{ state: "stored", reason: "overdue" }]);
  });
}

export function receiptChanges(open: OpenStore): void {
  const fresh = freshStore(open);

  it("are numbered over all messages, and each receipt shows its last", async () => {
    const { here, there } = fresh;
    expect(await here.receipts.lastChange()).toBe(0);
    const [one, two] = await send(here, mail("a", to("win")), { ...mail("b", to("pi")), channel: review });
    if (one === undefined || two === undefined) throw new Error("nothing was sent");
    const begun = await there.receipts.lastChange();
    await there.receipts.record([mark(one, "win", "at_machine"), mark(one, "win", "in_context")]);
    const changed = await here.receipts.changes(begun, 10);
    expect(changed).toMatchObject([{ messageId: one.id, state: "in_context" }]);
    expect((await here.receipts.changes(0, 10)).map(({ seq }) => seq)).toEqual([two.seq, one.seq]);
    expect(await here.receipts.changes(0, 1)).toHaveLength(1);
    expect(await here.receipts.lastChange()).toBe(changed[0]?.change);
  });

  it("wake whoever watches, here and there", async () => {
    const { here, there } = fresh;
    const { seq } = await sendOne(here, draft("a"));
    const woken = Promise.all([here, there].map((store) => new Promise<void>((wake) => store.receipts.watch(wake))));
    await there.receipts.record([{ seq, agent: "win", state: "in_context" }]);
    await woken;
    const again = new Promise<void>((wake) => there.receipts.watch(wake));
    await send(here, mail("b", to("win")));
    await again;
    expect(await there.receipts.lastChange()).toBe(2);
  });

  it("are of messages that are there: receipts go with a clear and come back with its undo", async () => {
    const { here, there } = fresh;
    const message = await sendOne(here, mail("a", to("win")));
    const cleared = await there.clear(worker);
    expect(await waitingFor(here, "win")).toEqual([]);
    expect(await here.receipts.of([message.seq])).toEqual([]);
    expect(await here.receipts.changes(0, 10)).toEqual([]);
    if (cleared === undefined) throw new Error("nothing was cleared");
    await here.restore(cleared.id);
    expect(await waitingFor(there, "win")).toEqual(["a"]);
  });

  it("go with what is pruned, and their numbers are not given again", async () => {
    const { here, there, clock } = fresh;
    await sendOne(here, mail("a", to("win")));
    clock.advance(1000);
    await there.prune(clock.now(), 10);
    expect(await here.receipts.changes(0, 10)).toEqual([]);
    await sendOne(here, mail("b", to("win")));
    expect(await there.receipts.changes(1, 10)).toMatchObject([{ change: 2 }]);
  });
}
