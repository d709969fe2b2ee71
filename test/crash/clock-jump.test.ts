import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bridge, createBridge } from "../../src/core/bridge.ts";
import { localOperator } from "../../src/core/principal.ts";
import { operations } from "../../src/operations/index.ts";
import { keepOnlyRecent } from "../../src/serve/retention.ts";
import { openSqliteStore } from "../../src/stores/sqlite.ts";
import { createFakeClock, type FakeClock } from "../../src/testing/fake-clock.ts";
import { checkDatabase } from "./check-database.ts";
import { cleanUp, temporaryFolder } from "./relay.ts";

const dayMs = 86_400_000;
const channel = "demo:a";
const caller = { principal: localOperator, signal: () => new AbortController().signal };

let path: string;
let clock: FakeClock;
let bridge: Bridge;

beforeEach(async () => {
  path = join(temporaryFolder(), "bridge.db");
  clock = createFakeClock();
  bridge = createBridge({ store: await openSqliteStore({ path, clock }), clock });
});
afterEach(async () => {
  await bridge.close();
  checkDatabase(path);
  await cleanUp();
});

const send = (content: string) => bridge.call(operations.send, { channel, sender: "ann", content }, caller);
const readAll = async () => {
  const input = { channel, since_id: "beginning", limit: 500 };
  return (await bridge.call(operations.receive, input, caller)).messages;
};
const contents = async () => (await readAll()).map(({ content }) => content);
const wait = (since_id: string, timeout_seconds: number) =>
  bridge.call(operations.wait, { channel, since_id, timeout_seconds }, caller);

/** One sweep of what is older than a day, by the clock of the bridge. */
async function sweep(): Promise<void> {
  let swept = () => {};
  const isDone = new Promise<void>((resolve) => (swept = resolve));
  const store = {
    async prune(before: number, limit: number) {
      const pruned = await bridge.store.prune(before, limit);
      if (pruned < limit) swept();
      return pruned;
    },
  };
  const log = { warn: (details: object) => expect.unreachable(JSON.stringify(details)) };
  const retention = keepOnlyRecent({ store, clock, retentionDays: 1, sweepSeconds: 3600, log });
  await isDone;
  await retention.close();
}

describe("a clock that jumps", () => {
  it("does not change the order, whatever the times of the messages are", async () => {
    for (const [content, step] of Object.entries({ now: 0, tomorrow: dayMs, yesterday: -2 * dayMs, again: dayMs })) {
      clock.advance(step);
      await send(content);
    }
    expect(await contents()).toEqual(["now", "tomorrow", "yesterday", "again"]);
    const seqs = (await readAll()).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    const { messages } = await bridge.call(operations.receive, { channel, limit: 2 }, caller);
    expect(messages.map(({ content }) => content)).toEqual(["yesterday", "again"]);
  });

  it.each([dayMs, -dayMs])("by %i ms ends no wait before its time, and keeps none from being woken", async (jump) => {
    const { id } = await send("first");
    let hasEnded = false;
    const waiting = wait(id, 60).finally(() => (hasEnded = true));
    clock.advance(jump);
    expect(await wait(id, 0.05)).toMatchObject({ timed_out: true, messages: [] });
    expect(hasEnded).toBe(false);
    await send("second");
    expect(await waiting).toMatchObject({ timed_out: false, messages: [{ content: "second" }] });
  });

  it("keeps cursors and keys where they are", async () => {
    const keyed = { channel, sender: "ann", content: "once", idempotency_key: "k" };
    const first = await bridge.call(operations.send, keyed, caller);
    clock.advance(-dayMs);
    expect(await bridge.call(operations.send, keyed, caller)).toMatchObject({ id: first.id, deduplicated: true });
    const ack = { channel, consumer_id: "win", message_id: first.id };
    expect(await bridge.call(operations.ack, ack, caller)).toMatchObject({ advanced: true });
    clock.advance(2 * dayMs);
    const { id } = await send("next");
    const unread = await bridge.call(operations.receive, { channel, consumer_id: "win" }, caller);
    expect(unread.messages).toMatchObject([{ id, content: "next" }]);
    expect(await bridge.call(operations.ack, ack, caller)).toMatchObject({ advanced: false });
  });

  it("makes retention delete nothing that is not old by it, and catch up when time has come", async () => {
    await send("sent before");
    clock.advance(2 * dayMs);
    await send("sent in the future");
    clock.advance(-2 * dayMs);
    await send("sent after");
    await sweep();
    expect(await contents()).toEqual(["sent before", "sent in the future", "sent after"]);

    clock.advance(dayMs + 1);
    await sweep();
    // The log is deleted from its oldest end only, so what is behind a message of the future waits for it.
    expect(await contents()).toEqual(["sent in the future", "sent after"]);
    clock.advance(2 * dayMs);
    await sweep();
    expect(await contents()).toEqual([]);
    expect((await send("goes on")).seq).toBe(4);
  });

  it("shows no negative time", async () => {
    clock.advance(-dayMs);
    const state = await bridge.call(operations.state, {}, caller);
    expect(state).toMatchObject({ uptime_seconds: 0, status: "online" });
  });
});
