import { expect, it } from "vitest";
import type { Draft, Seq } from "../../core/message.ts";
import { cancelledBy } from "../../core/question.ts";
import { everything, type Scope } from "../../core/scope.ts";
import { scopeOfQuery } from "../../core/search.ts";
import { parseQuery } from "../../core/search-query.ts";
import type { Store } from "../../core/store.ts";
import { draft, freshStore, type OpenStore, review, send, sendOne, tests, textsOf, worker } from "./fixture.ts";

const newest = Number.MAX_SAFE_INTEGER as Seq;

/** All pages of a search, newest first. */
async function searchAll(store: Store, text: string, now: number, limit: number, within?: Scope["within"]) {
  const query = parseQuery(text, now);
  const pages = [];
  for (let before: Seq | undefined = newest; before !== undefined;) {
    const page = await store.search(query, { ...scopeOfQuery(query), within }, before, limit);
    pages.push(...page.messages);
    before = page.next;
  }
  return pages;
}

const envelope = (content: unknown, more: Record<string, unknown> = {}) =>
  JSON.stringify({ schema_version: 1, type: "task", content, ...more });

export function searching(open: OpenStore): void {
  const fresh = freshStore(open);
  const found = async (text: string, limit = 100) =>
    textsOf(await searchAll(fresh.there, text, fresh.clock.now(), limit));

  it("finds whole words, whatever their case and accents, newest first", async () => {
    await send(fresh.here, draft("Größe one"), draft("two"), draft("a GROSSE thing"), draft("grösse"));
    expect(await found("two")).toEqual(["two"]);
    expect(await found("GROSSE")).toEqual(["grösse", "a GROSSE thing"]);
    expect(await found("größe")).toEqual(["Größe one"]);
    expect(await found("tw")).toEqual([]);
    expect(await found("nothing")).toEqual([]);
  });

  it("finds the beginning of a word where it is asked to", async () => {
    await send(fresh.here, draft("the tests"), draft("a test"), draft("attest"));
    expect(await found("test*")).toEqual(["a test", "the tests"]);
    expect(await found("a-te*")).toEqual(["a test"]);
    expect(await found("zzz*")).toEqual([]);
  });

  it("finds words in a row, and all of several words in any order", async () => {
    await send(fresh.here, draft("refund rounding failed"), draft("rounding, then refund"), draft("refund-rounding"));
    expect(await found('"refund rounding"')).toEqual(["refund-rounding", "refund rounding failed"]);
    expect(await found("refund_rounding")).toEqual(["refund-rounding", "refund rounding failed"]);
    expect(await found("rounding refund")).toHaveLength(3);
    expect(await found("refund -failed -then")).toEqual(["refund-rounding"]);
    expect(await found('-"refund rounding"')).toEqual(["rounding, then refund"]);
  });

  it("finds in scripts without blanks, and emoji", async () => {
    await send(fresh.here, draft("東京タワー"), draft("京東"), draft("done 🦀!"));
    expect(await found("東京")).toEqual(["東京タワー"]);
    expect(await found("タワ")).toEqual(["東京タワー"]);
    expect(await found("🦀")).toEqual(["done 🦀!"]);
  });

  it("looks into the content of an envelope, and not at its keys", async () => {
    const nested = envelope({ phase: "build", steps: ["lint", { note: 42 }] }, { thread_id: "t-1" });
    await send(fresh.here, draft(envelope("run the suite")), draft(nested));
    expect(await found("suite")).toEqual([envelope("run the suite")]);
    expect(await found("lint 42")).toEqual([nested]);
    expect(await found("phase")).toEqual([]);
    expect(await found("content")).toEqual([]);
  });

  it("finds by type, thread, artifacts and recipient", async () => {
    const task = envelope("one", { thread_id: "Pay 42", recipient: "win/worker" });
    const result = envelope("two", { type: "result", artifacts: [{ uri: "file:///x" }] });
    await send(fresh.here, draft(task), draft(result), draft("three"));
    expect(await found("type:task")).toEqual([task]);
    expect(await found("type:task type:result")).toEqual([result, task]);
    expect(await found("type:re*")).toEqual([result]);
    expect(await found("-type:task")).toEqual(["three", result]);
    expect(await found('thread:"Pay 42"')).toEqual([task]);
    expect(await found("has:artifact")).toEqual([result]);
    expect(await found("to:win/worker")).toEqual([task]);
    expect(await found("to:WIN")).toEqual([task]);
    expect(await found("to:wi")).toEqual([]);
  });

  it("finds by sender, machine and channel", async () => {
    const from = (sender: string, channel = worker): Draft => draft(`from ${sender}`, channel, sender);
    await send(fresh.here, from("win/worker"), from("Win", review), from("mac"), from("windows", tests));
    expect(await found("from:win")).toEqual(["from Win", "from win/worker"]);
    expect(await found("from:win/worker from:mac")).toEqual(["from mac", "from win/worker"]);
    expect(await found("from:win*")).toEqual(["from windows", "from Win", "from win/worker"]);
    expect(await found("in:demo:worker")).toEqual(["from mac", "from win/worker"]);
    expect(await found("in:demo:*")).toEqual(["from mac", "from Win", "from win/worker"]);
    expect(await found("in:*:worker in:demo:review -from:mac")).toEqual([
      "from windows",
      "from Win",
      "from win/worker",
    ]);
    expect(await found("in:nowhere")).toEqual([]);
    expect(await found("-in:demo:*")).toEqual(["from windows"]);
  });

  it("finds everything without a query, and what is in a channel, from any place on", async () => {
    const { here, there, clock } = fresh;
    await send(here, draft("a"), draft("b", review), draft("c"), draft("d", tests), draft("e"));
    expect(await found("", 2)).toEqual(["e", "d", "c", "b", "a"]);
    expect(await found("in:demo:worker", 2)).toEqual(["e", "c", "a"]);
    await here.clear(worker);
    await send(here, draft("f"));
    expect(await found("", 1)).toEqual(["f", "d", "b"]);
    expect(await found("in:demo:worker")).toEqual(["f"]);
    expect(await found("in:demo:worker -f")).toEqual([]);
    const [newestOne] = await searchAll(there, "", clock.now(), 10);
    const older = await there.search(parseQuery("", clock.now()), everything, newestOne?.seq ?? newest, 10);
    expect(textsOf(older.messages)).toEqual(["d", "b"]);
  });

  it("finds by time", async () => {
    const { here, clock } = fresh;
    await send(here, draft("old"));
    clock.advance(7_200_000);
    await send(here, draft("new"));
    expect(await found("after:1h")).toEqual(["new"]);
    expect(await found("before:1h")).toEqual(["old"]);
    expect(await found("after:3h before:1h")).toEqual(["old"]);
    expect(await found("-after:1h")).toEqual(["old"]);
  });

  it("finds nothing that its reader has no right to", async () => {
    const { here, there, clock } = fresh;
    await send(here, draft("word w"), draft("word r", review), draft("word t", tests));
    const visible = async (text: string, ...within: string[][]) =>
      textsOf(await searchAll(there, text, clock.now(), 10, within));
    expect(await visible("word", ["demo:*"])).toEqual(["word r", "word w"]);
    expect(await visible("word", ["demo:*"], ["*:worker"])).toEqual(["word w"]);
    expect(await visible("word in:*:worker", ["tests:*"])).toEqual(["word t"]);
    expect(await visible("-nothing", ["tests:*"])).toEqual(["word t"]);
    expect(await visible("word", [])).toEqual([]);
  });

  it("gives pages, and says when there is no more", async () => {
    const { here, there, clock } = fresh;
    const sent = await send(here, ...Array.from({ length: 7 }, (_, at) => draft(`word ${at}`)));
    expect(await found("word", 2)).toEqual(textsOf(sent.toReversed()));
    const query = parseQuery("word", clock.now());
    const last = sent[1]?.seq ?? newest;
    expect(await there.search(query, everything, last, 1)).toEqual({ messages: [sent[0]], next: undefined });
    expect(await there.search(query, everything, sent[3]?.seq ?? newest, 2)).toMatchObject({ next: last });
  });

  it("finds no more what was cleared or pruned, and again what was brought back", async () => {
    const { here, clock } = fresh;
    await send(here, draft("word one"), draft("word two", review));
    expect(await found("word")).toEqual(["word two", "word one"]);
    const cleared = await here.clear(worker);
    await send(here, draft("word three"));
    expect(await found("word")).toEqual(["word three", "word two"]);
    if (cleared === undefined) throw new Error("nothing was cleared");
    await here.restore(cleared.id);
    expect(await found("word")).toEqual(["word three", "word two", "word one"]);
    expect(await found("word in:demo:worker")).toEqual(["word three", "word one"]);
    clock.advance(1000);
    await sendOne(here, draft("word four"));
    await here.prune(clock.now(), 10);
    expect(await found("word")).toEqual(["word four"]);
  });

  it("finds what was cleared twice and brought back twice", async () => {
    const { here } = fresh;
    await send(here, draft("word one"));
    const first = await here.clear(worker);
    await send(here, draft("word two"));
    const second = await here.clear(worker);
    await send(here, draft("other", review));
    expect(await found("word")).toEqual([]);
    for (const cleared of [second, first]) if (cleared !== undefined) await here.restore(cleared.id);
    expect(await found("word in:demo:worker")).toEqual(["word two", "word one"]);
  });
}

export function searchingReceipts(open: OpenStore): void {
  const fresh = freshStore(open);
  const found = async (text: string) => textsOf(await searchAll(fresh.there, text, fresh.clock.now(), 100));
  const to = (agent: string, more: object = {}) => ({ addressees: [{ agent, why: "addressed" as const, ...more }] });

  it("finds what some agent has not read, until it has", async () => {
    const { here } = fresh;
    const [first] = await send(
      here,
      { ...draft("word a"), ...to("win/worker") },
      { ...draft("b"), ...to("pi") },
      draft("c"),
    );
    expect(await found("is:unread")).toEqual(["b", "word a"]);
    expect(await found("is:unread to:win")).toEqual(["word a"]);
    expect(await found("is:unread word")).toEqual(["word a"]);
    expect(await found("-is:unread")).toEqual(["c"]);
    if (first === undefined) throw new Error("nothing was sent");
    await here.receipts.record([{ seq: first.seq, agent: "win/worker", state: "in_context" }]);
    expect(await found("is:unread")).toEqual(["b"]);
    expect(await found("to:win")).toEqual(["word a"]);
  });

  it("finds a message for several once", async () => {
    const addressees = ["win", "pi", "mac"].map((agent) => ({ agent, why: "addressed" as const }));
    await send(fresh.here, { ...draft("word"), addressees });
    expect(await found("is:unread")).toEqual(["word"]);
    expect(await found("is:unread in:demo:worker")).toEqual(["word"]);
  });

  it("finds what is held", async () => {
    const message = await sendOne(fresh.here, { ...draft("a"), ...to("win", { state: "held", reason: "a loop" }) });
    await send(fresh.here, { ...draft("b"), ...to("win") });
    expect(await found("is:held")).toEqual(["a"]);
    expect(await found("-is:held")).toEqual(["b"]);
    await fresh.here.receipts.record([{ seq: message.seq, agent: "win", state: "stored" }]);
    expect(await found("is:held")).toEqual([]);
  });

  it("finds questions, and those without an answer", async () => {
    const { here } = fresh;
    const ask = (text: string) => ({ ...draft(envelope(text, { type: "question" })), ...to("win") });
    const [one, two] = [ask("one"), ask("two")];
    const [asked] = await send(here, one, two, draft("three"));
    expect(await found("is:question")).toEqual([two.content, one.content]);
    expect(await found("is:unanswered")).toEqual([two.content, one.content]);
    if (asked === undefined) throw new Error("nothing was sent");
    await send(here, { ...draft("answer", worker, "win"), answers: { seq: asked.seq, as: ["win"] } });
    expect(await found("is:unanswered")).toEqual([two.content]);
    expect(await found("is:question -is:unanswered")).toEqual([one.content]);
    const [, withdrawn] = await here.tail({ names: [worker], patterns: [] }, 4);
    if (withdrawn === undefined) throw new Error("nothing was sent");
    await here.receipts.record([{ seq: withdrawn.seq, agent: "win", state: "expired", reason: cancelledBy("ann") }]);
    expect(await found("is:unanswered")).toEqual([]);
  });
}
