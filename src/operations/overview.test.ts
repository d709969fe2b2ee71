import { beforeEach, describe, expect, it } from "vitest";
import { type Bridge, createBridge } from "../core/bridge.ts";
import type { ChannelName } from "../core/message.ts";
import { localOperator } from "../core/principal.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { createFakeClock, type FakeClock } from "../testing/fake-clock.ts";
import { operations } from "./index.ts";

const caller = { principal: localOperator, signal: () => new AbortController().signal };

let clock: FakeClock;
let bridge: Bridge;
beforeEach(() => {
  clock = createFakeClock(Date.UTC(2026, 0, 1));
  bridge = createBridge({ store: createMemoryStore({ clock }), clock, about: { version: "9.9.9", retentionDays: 7 } });
});

async function append(channel: string, sender = "mac", content = "x") {
  clock.advance(1000);
  await bridge.store.append([{ channel: channel as ChannelName, sender, content }]);
}

describe("the list of channels", () => {
  it("splits a name at its first colon", async () => {
    for (const name of ["a:b:c", "plain", ":x", "x:"]) await append(name);
    const { channels } = await bridge.call(operations.channels, {}, caller);
    expect(channels.map(({ id, group, name }) => [id, group, name])).toEqual([
      [":x", "", "x"],
      ["a:b:c", "a", "b:c"],
      ["plain", "", "plain"],
      ["x:", "x", ""],
    ]);
  });

  it("has counts, senders in order, the last time, and the total", async () => {
    await append("a", "win");
    await append("a", "mac");
    await append("b");
    expect(await bridge.call(operations.channels, {}, caller)).toMatchObject({
      channels: [{ id: "a", count: 2, senders: ["mac", "win"], last_ts: "2026-01-01T00:00:02.000000Z" }, { id: "b" }],
      total_messages: 3,
    });
  });
});

describe("the overview", () => {
  it("has the busiest now first, with their newest messages", async () => {
    for (const content of ["1", "2", "3"]) await append("old", "mac", content);
    await append("new");
    const { channels } = await bridge.call(operations.status, { per_channel: 2 }, caller);
    expect(
      channels.map(({ channel, total, messages }) => [channel, total, messages.map(({ preview }) => preview)]),
    ).toEqual([
      ["new", 1, ["x"]],
      ["old", 3, ["2", "3"]],
    ]);
  });

  it.each([
    [-5, 1],
    [0, 1],
    [50, 50],
    [51, 50],
  ])("asked for %i messages of a channel shows %i", async (asked, shown) => {
    for (let n = 0; n < 60; n++) await append("a");
    const { channels } = await bridge.call(operations.status, { per_channel: asked }, caller);
    expect(channels[0]?.messages).toHaveLength(shown);
  });

  it("opens 50 channels and counts the rest", async () => {
    for (let n = 0; n < 53; n++) await append(`c${n}`);
    const { channels, remaining, has_more: hasMore } = await bridge.call(operations.status, {}, caller);
    expect([channels.length, remaining, hasMore]).toEqual([50, 3, true]);
  });
});

describe("the state", () => {
  it("says what runs, since when and with which limits", async () => {
    clock.advance(90_061_500);
    await append("a");
    expect(await bridge.call(operations.state, {}, caller)).toMatchObject({
      version: "9.9.9",
      uptime_seconds: 90_062,
      uptime_human: "1d 01:01:02",
      retention_days: 7,
      total_messages: 1,
      limits: { max_streams: 100, max_streams_per_channel: 25, stream_replay_limit: 500 },
      sse_dropped_events: 0,
      disk_free_bytes: null,
      disk_low: false,
    });
  });

  it("has no uptime below zero, whatever the clock does", async () => {
    clock.advance(-5000);
    expect(await bridge.call(operations.state, {}, caller)).toMatchObject({ uptime_seconds: 0 });
  });
});

describe("a ping", () => {
  it("says that the bridge is there, and how much is in it", async () => {
    await append("a");
    await append("b");
    expect(await bridge.call(operations.ping, {}, caller)).toMatchObject({
      status: "online",
      channels: 2,
      messages: 2,
    });
  });
});
