import { expect, it } from "vitest";
import { beginning, type ChannelName } from "../../core/message.ts";
import { messageId } from "../../core/message-id.ts";
import { everything } from "../../core/scope.ts";
import {
  draft,
  everyEntry,
  freshStore,
  nextEntries,
  type OpenStore,
  review,
  send,
  sendOne,
  seqsOf,
  textsOf,
  worker,
} from "./fixture.ts";

export function appending(open: OpenStore): void {
  const fresh = freshStore(open);

  it("answers with the message as it is read afterwards", async () => {
    const { here, clock } = fresh;
    const message = await sendOne(here, draft("one"));
    expect(message).toMatchObject({ kind: "message", channel: worker, sender: "ann", content: "one" });
    expect(message.acceptedAt).toBe(clock.now());
    expect(await everyEntry(here)).toEqual([message]);
  });

  it("keeps where each message is from, to the end of the log's life", async () => {
    const { here, there } = fresh;
    const provenance = { principal: "p_1", kind: "machine", via: "mcp", hops: 3, label: "the reviewer" } as const;
    const [known, unlabelled, unknown] = await send(
      here,
      { ...draft("one"), provenance },
      { ...draft("two"), provenance: { principal: "p_2", kind: "person", via: "web", hops: 0 } },
      draft("three"),
    );
    expect(known?.provenance).toEqual(provenance);
    expect(unlabelled?.provenance).toEqual({ principal: "p_2", kind: "person", via: "web", hops: 0 });
    expect(unknown?.provenance).toEqual({ principal: "local", kind: "local", via: "unknown", hops: 0 });
    expect(await everyEntry(there)).toEqual([known, unlabelled, unknown]);
  });

  it("appends the drafts of one call in their order", async () => {
    const { here } = fresh;
    const sent = await send(here, draft("one"), draft("two", review), draft("three"));
    expect(textsOf(sent)).toEqual(["one", "two", "three"]);
    expect(await here.read(everything, beginning, 10)).toEqual(sent);
  });

  it("appends the calls of one moment in their order", async () => {
    const { here } = fresh;
    await Promise.all([send(here, draft("one")), send(here, draft("two"), draft("three")), send(here, draft("four"))]);
    expect(textsOf(await everyEntry(here))).toEqual(["one", "two", "three", "four"]);
  });

  it("gives every entry of the bridge a higher seq than the one before", async () => {
    const { here } = fresh;
    const [one, two] = await send(here, draft("one"), draft("two", review));
    const cleared = await here.clear(worker);
    const three = await sendOne(here, draft("three"));
    const seqs = [beginning, one?.seq, two?.seq, cleared?.seq, three.seq].map(Number);
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  });

  it("links each entry to the one before it in its channel", async () => {
    const { here } = fresh;
    const [one, other, two] = await send(here, draft("one"), draft("other", review), draft("two"));
    const three = await sendOne(here, draft("three"));
    expect([one?.prev, two?.prev, three.prev]).toEqual([beginning, one?.seq, two?.seq]);
    expect(other?.prev).toBe(beginning);
  });

  it("makes ids of the store's epoch and the seq", async () => {
    const { here, there } = fresh;
    const { id, seq } = await sendOne(here, draft("one"));
    expect(id).toBe(messageId(here.epoch, seq));
    expect(here.epoch).toMatch(/^[0-9a-f]{15}$/);
    expect(there.epoch).toBe(here.epoch);
  });

  it("appends what is not refused", async () => {
    const { here } = fresh;
    await sendOne(here, { ...draft("first"), idempotencyKey: "k" });
    const answers = await here.append([draft("one"), { ...draft("other"), idempotencyKey: "k" }, draft("two")]);
    expect(answers).toMatchObject([
      { kind: "appended", isNew: true },
      { kind: "refused", error: { code: "idempotency_conflict" } },
      { kind: "appended", isNew: true },
    ]);
    expect(textsOf(await everyEntry(here))).toEqual(["first", "one", "two"]);
  });

  it("answers an empty call with nothing", async () => {
    expect(await fresh.here.append([])).toEqual([]);
    expect(await fresh.here.lastSeq()).toBe(beginning);
  });

  it("keeps one order and one chain when both sides write", async () => {
    const { here, there } = fresh;
    const sides = [here, there, here, there, here, there];
    await Promise.all(sides.map((side, at) => send(side, draft(`${at}a`), draft(`${at}b`, review))));
    const last = await sendOne(there, draft("last"));
    const entries = await here.read(everything, beginning, 100);
    expect(entries).toHaveLength(13);
    expect(seqsOf(entries)).toEqual(seqsOf(entries).toSorted((a, b) => a - b));
    const chain = await everyEntry(here);
    expect(chain.map(({ prev }) => prev)).toEqual([beginning, ...seqsOf(chain).slice(0, -1)]);
    expect(chain.at(-1)).toEqual(last);
  });

  it("shows the other side what was appended, and the newest seq", async () => {
    const { here, there } = fresh;
    expect(await there.lastSeq()).toBe(beginning);
    const message = await sendOne(here, draft("one"));
    expect(await nextEntries(there, everything)).toEqual([message]);
    expect(await there.lastSeq()).toBe(message.seq);
  });

  it("takes many drafts in many channels at once", async () => {
    const { here } = fresh;
    const drafts = Array.from({ length: 300 }, (_, at) => draft(`${at}`, `many:${at % 7}` as ChannelName));
    const sent = await send(here, ...drafts);
    expect(textsOf(sent)).toEqual(drafts.map(({ content }) => content));
    expect(await here.read(everything, beginning, 500)).toEqual(sent);
  });
}
