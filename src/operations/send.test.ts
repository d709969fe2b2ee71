import { beforeEach, describe, expect, it } from "vitest";
import { type Bridge, createBridge } from "../core/bridge.ts";
import { defaultCaps } from "../core/limits.ts";
import { localOperator } from "../core/principal.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { createFakeClock } from "../testing/fake-clock.ts";
import { operations } from "./index.ts";

const caller = { principal: localOperator, signal: () => new AbortController().signal };
const to = { channel: "demo:a", sender: "mac" };
const envelope = { schema_version: 1, type: "task", content: "go" };

let bridge: Bridge;
beforeEach(() => {
  const clock = createFakeClock(Date.UTC(2026, 0, 1));
  bridge = createBridge({ store: createMemoryStore({ clock }), clock });
});

const send = (input: object) => bridge.call(operations.send, { ...to, ...input }, caller);

async function stored(): Promise<readonly string[]> {
  const { messages } = await bridge.call(operations.receive, { channel: to.channel }, caller);
  return messages.map(({ content = "" }) => content);
}

describe("sending", () => {
  it("answers where and when the message was stored, and how far it got", async () => {
    expect(await send({ content: "x" })).toMatchObject({
      ...to,
      seq: 1,
      ts: "2026-01-01T00:00:00.000000Z",
      deduplicated: false,
      receipt: "stored",
    });
  });

  it("stores text byte for byte", async () => {
    const texts = [" padded ", "\r\n\t", '{ "b" : 1,\n"a":2 }', "é\u0301 👩‍👩‍👧"];
    for (const content of texts) await send({ content });
    expect(await stored()).toEqual(texts);
  });

  it("makes an envelope of text that says for whom or what it is", async () => {
    await send({ content: "go", to: "win" });
    await send({ content: "go", type: "task", thread_id: "t", reply_to: "r" });
    expect(await stored()).toEqual([
      '{"content":"go","recipient":"win","schema_version":1,"type":"message"}',
      '{"content":"go","reply_to":"r","schema_version":1,"thread_id":"t","type":"task"}',
    ]);
  });

  it("knows a retried envelope again, whatever the order of its keys", async () => {
    const first = await send({ message: envelope, idempotency_key: "k" });
    const message = { content: "go", type: "task", schema_version: 1 };
    expect(await send({ message, idempotency_key: "k" })).toMatchObject({ id: first.id, deduplicated: true });
  });

  it.each([
    [{}, "content", "invalid_input"],
    [{ content: "x", message: envelope }, "message", "invalid_input"],
    [{ to: "win", message: envelope }, "message", "invalid_input"],
    [{ to: "win" }, "content", "invalid_input"],
    [{ content: "four" }, "content", "too_large"],
    [{ message: envelope }, "message", "too_large"],
    [{ content: "x", to: "win" }, "content", "too_large"],
  ])("of %j is refused, naming %s", async (input, field, code) => {
    bridge.setCaps({ ...defaultCaps, maxMessageBytes: 3 });
    await expect(send(input)).rejects.toMatchObject({ code, field });
    expect(await stored()).toEqual([]);
  });
});
