import { describe, expect, it } from "vitest";
import { type Bridge, createBridge } from "../core/bridge.ts";
import { maxPageText } from "../core/limits.ts";
import type { ChannelName, Entry, Message, MessageId, Seq } from "../core/message.ts";
import { localOperator } from "../core/principal.ts";
import { unknownProvenance } from "../core/provenance.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { operations } from "./index.ts";
import { fit } from "./receive.ts";

const channel = "demo:a" as ChannelName;
const caller = { principal: localOperator, signal: () => new AbortController().signal };

async function bridgeWith(count: number): Promise<Bridge> {
  const bridge = createBridge({ store: createMemoryStore() });
  const drafts = Array.from({ length: count }, (_, index) => ({ channel, sender: "mac", content: `${index + 1}` }));
  await bridge.store.append(drafts);
  return bridge;
}

const receive = (bridge: Bridge, input: object) => bridge.call(operations.receive, { channel, ...input }, caller);

describe("receiving", () => {
  it("walks through a channel, page by page, and says when it is at the end", async () => {
    const bridge = await bridgeWith(45);
    const seen: (string | undefined)[] = [];
    const left: number[] = [];
    for (let cursor = "beginning", more = true; more;) {
      const page = await receive(bridge, { since_id: cursor });
      seen.push(...page.messages.map(({ content }) => content));
      left.push(page.remaining);
      more = page.has_more;
      cursor = page.next_cursor ?? cursor;
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, index) => `${index + 1}`));
    expect(left).toEqual([25, 5, 0]);
  });

  it("gives the newest when there is no cursor, oldest first", async () => {
    const page = await receive(await bridgeWith(25), { limit: 2 });
    expect(page.messages.map(({ content }) => content)).toEqual(["24", "25"]);
    expect(page).toMatchObject({ has_more: true, remaining: 23 });
  });

  it("gives no more than a page, however much is asked for", async () => {
    expect((await receive(await bridgeWith(510), { limit: 1000 })).messages).toHaveLength(500);
  });

  it("keeps the cursor of a reader that has caught up", async () => {
    const bridge = await bridgeWith(1);
    const { next_cursor: cursor } = await receive(bridge, {});
    expect(await receive(bridge, { since_id: cursor })).toMatchObject({ messages: [], next_cursor: cursor });
  });

  it("reads on past a clear", async () => {
    const bridge = await bridgeWith(2);
    const { next_cursor: cursor } = await receive(bridge, { since_id: "beginning", limit: 1 });
    await bridge.call(operations.ack, { channel, consumer_id: "win", message_id: cursor }, caller);
    await bridge.call(operations.clear, { channel }, caller);
    const page = await receive(bridge, { consumer_id: "win" });
    expect(page).toMatchObject({ messages: [], warning: "channel_cleared", has_more: false });
    await bridge.store.append([{ channel, sender: "mac", content: "new" }]);
    expect(await receive(bridge, { since_id: page.next_cursor })).toMatchObject({ messages: [{ content: "new" }] });
  });
});

describe("a page of text", () => {
  const message = (length: number): Message => ({
    kind: "message",
    seq: 1 as Seq,
    prev: 0 as Seq,
    id: "id" as MessageId,
    channel,
    sender: "mac",
    provenance: unknownProvenance,
    content: "x".repeat(length),
    acceptedAt: 0,
  });
  const lengths = (page: readonly Entry[]) =>
    page.map((entry) => (entry.kind === "message" ? entry.content.length : 0));

  it("has as many messages as fit", () => {
    const half = maxPageText / 2;
    expect(lengths(fit([message(half), message(half), message(1)]))).toEqual([half, half]);
  });

  it("has the first message always", () => {
    expect(fit([message(maxPageText + 1), message(1)])).toHaveLength(1);
  });

  it("may be empty", () => {
    expect(fit([])).toEqual([]);
  });
});
