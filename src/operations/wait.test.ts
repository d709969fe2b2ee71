import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bridge, createBridge } from "../core/bridge.ts";
import type { ChannelName, MessageId } from "../core/message.ts";
import { localOperator } from "../core/principal.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { operations } from "./index.ts";

const caller = { principal: localOperator, signal: () => new AbortController().signal };

let bridge: Bridge;
beforeEach(() => {
  bridge = createBridge({ store: createMemoryStore() });
});
afterEach(() => bridge.close());

async function send(channel: string, content: string): Promise<MessageId> {
  const sent = await bridge.call(operations.send, { channel, sender: "mac", content }, caller);
  return sent.id as MessageId;
}
const wait = (input: object) => bridge.call(operations.wait, { timeout_seconds: 600, ...input }, caller);
const ack = (channel: string, id: MessageId) =>
  bridge.call(operations.ack, { channel, consumer_id: "win", message_id: id }, caller);

describe("waiting", () => {
  it("of a consumer of several channels is for what it has not acknowledged in each", async () => {
    await ack("a", await send("a", "read in a"));
    await send("b", "unread in b");
    await ack("a", await send("a", "read too"));
    const page = await wait({ channels: ["a", "b"], consumer_id: "win" });
    expect(page.messages.map(({ content }) => content)).toEqual(["unread in b"]);
  });

  it("goes on when all that came was acknowledged before", async () => {
    const id = await send("a", "read");
    await ack("a", id);
    const waiting = wait({ channels: ["a", "b"], consumer_id: "win" });
    await send("b", "news");
    expect((await waiting).messages.map(({ content }) => content)).toEqual(["news"]);
  });

  it("ends with a warning, at once, when the cursor is not of the scope", async () => {
    const elsewhere = await send("b", "x");
    expect(await wait({ channel: "a", since_id: elsewhere })).toMatchObject({
      messages: [],
      warning: "since_id_not_found",
      timed_out: false,
    });
  });

  it("ends when the channel is cleared, and tells of it", async () => {
    const id = await send("a", "gone");
    const waiting = wait({ channel: "a", since_id: id });
    await bridge.store.clear("a" as ChannelName);
    expect(await waiting).toMatchObject({ messages: [], warning: "channel_cleared", timed_out: false });
  });

  it("keeps the cursor when nothing came in time", async () => {
    const id = await send("a", "x");
    expect(await wait({ channel: "a", since_id: id, timeout_seconds: 0 })).toMatchObject({
      timed_out: true,
      next_cursor: id,
    });
  });

  it("is counted while it lasts", async () => {
    const openWaits = async () => (await bridge.call(operations.state, {}, caller)).open_waits;
    const waiting = wait({ channel: "a", since_id: "beginning" });
    await expect.poll(openWaits).toBe(1);
    await send("a", "x");
    await waiting;
    expect(await openWaits()).toBe(0);
  });
});
