import { noAccess } from "./access.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OperationName, operations } from "../operations/index.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { type Bridge, type Caller, createBridge } from "./bridge.ts";
import { defaultCaps } from "./limits.ts";
import { beginning, type ChannelName } from "./message.ts";
import type { Operation } from "./operation.ts";
import { localOperator, type Permission, permissions, type Principal } from "./principal.ts";
import { only } from "./scope.ts";

const channel = "demo:a" as ChannelName;
const signal = () => new AbortController().signal;
const operator: Caller = { principal: localOperator, signal };

const callerWith = (granted: readonly Permission[], channels: readonly string[] = ["*"]): Caller => {
  const principal: Principal = {
    id: "p_guest",
    kind: "machine",
    name: "guest",
    grants: [[{ permissions: granted, channels }]],
  };
  return { principal, signal };
};

const operationOf = (name: OperationName): Operation => operations[name];

let bridge: Bridge;
const send = (content: string) => bridge.call(operations.send, { channel, sender: "mac", content }, operator);
const wait = (caller: Caller, timeoutSeconds = 600) =>
  bridge.call(operations.wait, { channel, since_id: "beginning", timeout_seconds: timeoutSeconds }, caller);

beforeEach(() => {
  bridge = createBridge({ store: createMemoryStore() });
});
afterEach(() => bridge.close());

describe("permissions", () => {
  it.each([
    ["send", "write"],
    ["receive", "read"],
    ["wait", "read"],
    ["ack", "read"],
    ["channels", "read"],
    ["status", "read"],
    ["ping", "read"],
    ["find", "read"],
    ["state", "read"],
    ["clear", "clear"],
    ["undo", "clear"],
  ] as const)("%s needs %s, and no other permission will do", async (name, needed) => {
    const others = callerWith(permissions.filter((permission) => permission !== needed));
    await expect(bridge.call(operationOf(name), {}, others)).rejects.toMatchObject({
      code: "forbidden",
      message: `guest has no right to ${needed}`,
    });
    const enough = bridge.call(operationOf(name), { channel }, callerWith([needed]));
    await expect(enough.catch((error: unknown) => error)).resolves.not.toMatchObject({ code: "forbidden" });
  });

  it("are checked before the input is looked at", async () => {
    await expect(bridge.call(operations.send, null, callerWith([]))).rejects.toMatchObject({ code: "forbidden" });
  });

  it("are asked of followers too", async () => {
    const pages = bridge.follow(only(channel), beginning, callerWith(["write", "clear", "admin"]));
    await expect(pages.next()).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a revocation", () => {
  const guest = callerWith(["read"]);
  let revoke = () => {};

  beforeEach(() => {
    let isCurrent = true;
    let wake = () => {};
    revoke = () => {
      isCurrent = false;
      wake();
    };
    const watch = (listener: () => void) => {
      wake = listener;
      return () => undefined;
    };
    bridge = createBridge({ store: createMemoryStore(), access: { ...noAccess, isCurrent: () => isCurrent, watch } });
  });

  it("ends a wait that is open, with the word that it is no use to come again", async () => {
    const waiting = wait(guest);
    revoke();
    await expect(waiting).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("ends a feed", async () => {
    const following = bridge.follow(only(channel), beginning, guest).next();
    revoke();
    expect(await following).toEqual({ done: true, value: undefined });
  });

  it("takes nothing from those who have no credential", async () => {
    const waiting = wait(operator);
    revoke();
    await send("still there");
    expect(await waiting).toMatchObject({ timed_out: false });
  });
});

describe("a call", () => {
  it("runs on parsed input: what is wrong is named", async () => {
    await expect(bridge.call(operations.send, { channel: 5 }, operator)).rejects.toMatchObject({
      code: "invalid_input",
      field: "channel",
    });
  });

  it("ends when its caller is gone", async () => {
    const gone = new AbortController();
    const waiting = wait({ principal: localOperator, signal: () => gone.signal });
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ code: "closing" });
  });

  it("gives back its place when it ends, also when it fails", async () => {
    bridge.setCaps({ ...defaultCaps, maxWaits: 1 });
    await wait(operator, 0);
    await expect(wait(operator, -1)).rejects.toMatchObject({ code: "invalid_input" });
    expect(await wait(operator, 0)).toMatchObject({ timed_out: true });
  });
});

describe("closing", () => {
  it("ends calls and feeds in flight, and refuses new ones", async () => {
    const waiting = wait(operator);
    const following = bridge.follow(only(channel), beginning, operator).next();
    await bridge.close();
    expect(await waiting.catch((error: unknown) => error)).toSatisfy(isEnd);
    expect(await following).toEqual({ done: true, value: undefined });
    await expect(send("late")).rejects.toMatchObject({ code: "closing", retryable: true });
    await expect(bridge.follow(only(channel), beginning, operator).next()).rejects.toMatchObject({ code: "closing" });
  });

  it("may be done twice", async () => {
    await bridge.close();
    await expect(bridge.close()).resolves.toBeUndefined();
  });
});

/** How a wait ends when the bridge closes: with nothing, or with the word that it closes. */
const isEnd = (answer: unknown) =>
  (answer as { timed_out?: boolean }).timed_out === true || (answer as { code?: string }).code === "closing";

describe("caps", () => {
  it("of message size change while the bridge runs", async () => {
    await send("four");
    bridge.setCaps({ ...defaultCaps, maxMessageBytes: 3 });
    await expect(send("four")).rejects.toMatchObject({ code: "too_large", field: "content" });
    bridge.setCaps(defaultCaps);
    await expect(send("four")).resolves.toMatchObject({ receipt: "stored" });
  });

  it("of waits change while the bridge runs, and end no wait that is open", async () => {
    const waiting = wait(operator);
    bridge.setCaps({ ...defaultCaps, maxWaits: 1 });
    await expect(wait(operator)).rejects.toMatchObject({
      code: "limit_reached",
      message: /too many wait calls are open \(1\)/,
    });
    bridge.setCaps({ ...defaultCaps, maxWaits: 2 });
    const second = wait(operator);
    await send("for both");
    expect(await Promise.all([waiting, second])).toMatchObject([{ timed_out: false }, { timed_out: false }]);
  });

  it("of streams change while the bridge runs", () => {
    bridge.setCaps({ ...defaultCaps, maxStreams: 1 });
    const leave = bridge.streams.enter(localOperator, "full");
    expect(() => bridge.streams.enter(localOperator, "full")).toThrow(
      expect.objectContaining({ code: "streams_full" }),
    );
    bridge.setCaps({ ...defaultCaps, maxStreams: 2 });
    expect(() => bridge.streams.enter(localOperator, "full")).not.toThrow();
    leave();
    expect(bridge.streams.inside).toBe(1);
  });

  it("in force are told by the state", async () => {
    bridge.setCaps({ ...defaultCaps, maxStreamsPerChannel: 7 });
    const { limits } = await bridge.call(operations.state, {}, operator);
    expect(limits).toMatchObject({ max_streams_per_channel: 7, max_message_bytes: 131_072 });
  });
});
