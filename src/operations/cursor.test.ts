import { beforeEach, describe, expect, it } from "vitest";
import { beginning, type ChannelName, type ConsumerId, type MessageId } from "../core/message.ts";
import { messageId } from "../core/message-id.ts";
import { only } from "../core/scope.ts";
import type { Store } from "../core/store.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { positionOf, startOf, warningOf } from "./cursor.ts";

const here = "demo:here" as ChannelName;
const there = "demo:there" as ChannelName;
const me = "me" as ConsumerId;

let store: Store;
beforeEach(() => {
  store = createMemoryStore();
});

async function append(channel: ChannelName) {
  const [appended] = await store.append([{ channel, sender: "mac", content: "x" }]);
  if (appended?.kind !== "appended") throw new Error("refused");
  return appended.message;
}

describe("a cursor", () => {
  it("is the place of its message", async () => {
    await append(here);
    const { id, seq } = await append(here);
    expect(await positionOf(store, only(here), id)).toBe(seq);
  });

  it('is before everything when it is "beginning"', async () => {
    expect(await positionOf(store, only(here), "beginning" as MessageId)).toBe(beginning);
  });

  it("of another channel, of another bridge or of nothing is none", async () => {
    const { id } = await append(there);
    const foreign = messageId("0".repeat(15), (await append(here)).seq);
    for (const other of [id, foreign, "nope" as MessageId]) {
      expect(await positionOf(store, only(here), other)).toBeUndefined();
    }
  });

  it("of one channel is a place in all channels of a pattern", async () => {
    const { id, seq } = await append(there);
    expect(await positionOf(store, { names: [], patterns: ["demo:*"] }, id)).toBe(seq);
  });
});

describe("where to read from", () => {
  it.each([
    ["neither is given", {}, "since_id"],
    ["both are given", { since_id: "a" as MessageId, consumer_id: me }, "since_id"],
  ])("is not known when %s", async (_what, cursor, field) => {
    await expect(startOf(store, only(here), cursor)).rejects.toMatchObject({ code: "invalid_input", field });
  });

  it("is not known for a consumer of a pattern, which has no one place", async () => {
    const pattern = { names: [], patterns: ["demo:*"] };
    await expect(startOf(store, pattern, { consumer_id: me })).rejects.toMatchObject({ field: "consumer_id" });
  });

  it("is a place in each channel for a consumer, the beginning where it has none", async () => {
    const read = await append(here);
    await store.advance(me, read);
    const start = await startOf(store, { names: [here, there], patterns: [] }, { consumer_id: me });
    expect([start?.earliest, start?.in(here), start?.in(there)]).toEqual([beginning, read.seq, beginning]);
  });

  it("is nowhere when the message is gone", async () => {
    expect(await startOf(store, only(here), { since_id: "gone" as MessageId })).toBeUndefined();
  });
});

describe("a warning", () => {
  const startAt = async (id: MessageId) => {
    const start = await startOf(store, only(here), { since_id: id });
    if (start === undefined) throw new Error("no such message");
    return start;
  };

  it("is not given for a page that is simply what came after the cursor", async () => {
    const start = await startAt((await append(here)).id);
    await append(there);
    await append(here);
    expect(warningOf(await store.read(only(here), start.earliest, 10), start)).toBeUndefined();
  });

  it("is given when the channel was cleared after the cursor", async () => {
    const start = await startAt((await append(here)).id);
    await store.clear(here);
    expect(warningOf(await store.read(only(here), start.earliest, 10), start)).toBe("channel_cleared");
  });

  it("is given when messages after the cursor were pruned", async () => {
    const start = await startAt((await append(here)).id);
    await append(here);
    await store.prune(Number.POSITIVE_INFINITY, 2);
    await append(here);
    expect(warningOf(await store.read(only(here), start.earliest, 10), start)).toBe("history_pruned");
  });
});
