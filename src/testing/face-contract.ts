import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ErrorCode } from "../core/errors.ts";

/** The operations that every face must serve. */
export type FaceOperation = "send" | "receive" | "wait" | "ack" | "channels" | "clear";

/** What every face must be able to say in its own form, as JSON or as text. */
export interface FaceAnswer {
  readonly id?: string;
  readonly seq?: number;
  readonly deduplicated?: boolean;
  /** Of what looks like a credential in what was sent. */
  readonly warnings?: readonly string[] | undefined;
  readonly messages?: readonly FaceMessage[];
  readonly remaining?: number;
  /** What a consumer acknowledges, by channel. */
  readonly last_ids?: Readonly<Record<string, string>> | undefined;
  readonly warning?: string | undefined;
  readonly timed_out?: boolean;
  readonly advanced?: boolean;
  readonly cleared?: number;
  readonly channels?: readonly { readonly id: string; readonly count: number }[];
}

export interface FaceMessage {
  readonly id: string;
  readonly seq: number;
  readonly sender: string;
  /** The text, or the content of the envelope. */
  readonly content: string;
  readonly to?: string | undefined;
}

/** A caller on the far side of some face. Rejects with `{ code }` when the bridge refuses. */
export interface RemoteBridge {
  call(operation: FaceOperation, input: Record<string, unknown>): Promise<FaceAnswer>;
  close(): Promise<void>;
}

/** Rejected by a `RemoteBridge`. */
export class Refused extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const channel = "demo:worker";
/** In parts: it is nobody's, and should not look like somebody's to those who search this file. */
const exampleToken = ["ghp", "q7Zt1Kx9Lm3Vb8Rc2Wn6Yd4Hs5Jf0Pg7TaUe"].join("_");
const to = { channel, sender: "mac" };

/** What every face promises: the same operations, the same results, the same refusals. */
export function describeFace(name: string, connect: () => Promise<RemoteBridge>): void {
  describe(`${name} keeps the face contract`, () => {
    let bridge: RemoteBridge;
    const send = (content: string, more: Record<string, unknown> = {}) =>
      bridge.call("send", { ...to, content, ...more });
    const contents = ({ messages = [] }: FaceAnswer) => messages.map(({ content }) => content);

    beforeEach(async () => {
      bridge = await connect();
    });
    afterEach(() => bridge.close());

    it("sends, then receives with the same id, seq and text", async () => {
      const { id, seq } = await send("hello\n  two ⇒ 2️⃣ `lines`");
      const { messages } = await bridge.call("receive", { channel });
      expect(messages).toMatchObject([{ id, seq, sender: "mac", content: "hello\n  two ⇒ 2️⃣ `lines`" }]);
    });

    it("tells a late reader how many older messages it did not get", async () => {
      for (const content of ["one", "two", "three"]) await send(content);
      const page = await bridge.call("receive", { channel, limit: 2 });
      expect(contents(page)).toEqual(["two", "three"]);
      expect(page.remaining).toBe(1);
    });

    it("reads on from a cursor, and says how much is left", async () => {
      const first = await send("one");
      await send("two");
      await send("three");
      const page = await bridge.call("receive", { channel, since_id: first.id, limit: 1 });
      expect(contents(page)).toEqual(["two"]);
      expect(page.remaining).toBe(1);
    });

    it("reads from the beginning when asked to", async () => {
      await send("one");
      await send("two");
      expect(contents(await bridge.call("receive", { channel, since_id: "beginning", limit: 1 }))).toEqual(["one"]);
    });

    it("waits for a message that is not there yet", async () => {
      const waiting = bridge.call("wait", { channel, consumer_id: "win", timeout_seconds: 30 });
      await send("late");
      const page = await waiting;
      expect(contents(page)).toEqual(["late"]);
      expect(page.timed_out).toBe(false);
    });

    it("does not wait when something is there", async () => {
      const { id } = await send("one");
      await send("two");
      expect(contents(await bridge.call("wait", { channel, since_id: id, timeout_seconds: 30 }))).toEqual(["two"]);
    });

    it("waits on several channels and patterns at once", async () => {
      await bridge.call("send", { channel: "other:x", sender: "mac", content: "not this" });
      const { id } = await send("before");
      await bridge.call("send", { channel: "plain", sender: "mac", content: "this" });
      const page = await bridge.call("wait", { channels: ["demo:*", "plain"], since_id: id, timeout_seconds: 30 });
      expect(contents(page)).toEqual(["this"]);
    });

    it("says so when nothing came", async () => {
      const page = await bridge.call("wait", { channel, consumer_id: "win", timeout_seconds: 0 });
      expect(page).toMatchObject({ timed_out: true });
      expect(contents(page)).toEqual([]);
    });

    it("resumes a consumer after the last message that it acknowledged", async () => {
      const first = await send("one");
      await send("two");
      expect(contents(await bridge.call("receive", { channel, consumer_id: "win" }))).toEqual(["one", "two"]);
      const acked = await bridge.call("ack", { channel, consumer_id: "win", message_id: first.id });
      expect(acked).toMatchObject({ seq: first.seq, advanced: true });
      expect(contents(await bridge.call("receive", { channel, consumer_id: "win" }))).toEqual(["two"]);
    });

    it("acknowledges forward only", async () => {
      const first = await send("one");
      const second = await send("two");
      await bridge.call("ack", { channel, consumer_id: "win", message_id: second.id });
      const again = await bridge.call("ack", { channel, consumer_id: "win", message_id: first.id });
      expect(again).toMatchObject({ seq: second.seq, advanced: false });
    });

    it("stores a retried send once", async () => {
      const { id } = await send("once", { idempotency_key: "k" });
      expect(await send("once", { idempotency_key: "k" })).toMatchObject({ id, deduplicated: true });
      expect(contents(await bridge.call("receive", { channel }))).toEqual(["once"]);
    });

    it("warns a sender whose message looks like it holds a credential, and stores it", async () => {
      const content = `use ${exampleToken} for now`;
      const warning = "content looks like it holds a GitHub token (characters 5-44)";
      const { id, warnings } = await send(content, { idempotency_key: "k" });
      expect(warnings).toEqual([warning]);
      expect(await send(content, { idempotency_key: "k" })).toMatchObject({ id, deduplicated: true, warnings });
      expect(contents(await bridge.call("receive", { channel }))).toEqual([content]);
      expect((await send("nothing of the kind")).warnings).toBeUndefined();
    });

    it("carries an envelope, short or whole", async () => {
      await send("please", { to: "win", type: "task" });
      const message = { schema_version: 1, type: "result", content: "done", recipient: "mac" };
      await bridge.call("send", { ...to, message });
      const { messages } = await bridge.call("receive", { channel });
      expect(messages).toMatchObject([
        { content: "please", to: "win" },
        { content: "done", to: "mac" },
      ]);
    });

    it("lists channels with their counts", async () => {
      await send("one");
      await send("two");
      expect((await bridge.call("channels", {})).channels).toEqual([{ id: channel, count: 2 }]);
    });

    it("clears, and tells a reader whose place is gone", async () => {
      const { id } = await send("gone");
      await bridge.call("ack", { channel, consumer_id: "win", message_id: id });
      expect(await bridge.call("clear", { channel })).toMatchObject({ cleared: 1 });
      expect(await bridge.call("receive", { channel, since_id: id })).toMatchObject({ warning: "since_id_not_found" });
      expect(await bridge.call("receive", { channel, consumer_id: "win" })).toMatchObject({
        warning: "channel_cleared",
      });
      expect((await bridge.call("channels", {})).channels).toEqual([]);
    });

    it("does not wake a waiting reader twice for one clear", async () => {
      const { id } = await send("gone");
      await bridge.call("ack", { channel, consumer_id: "win", message_id: id });
      await bridge.call("clear", { channel });
      const told = await bridge.call("wait", { channel, consumer_id: "win", timeout_seconds: 30 });
      expect(told.warning).toBe("channel_cleared");
      await bridge.call("ack", { channel, consumer_id: "win", message_id: told.last_ids?.[channel] });
      const again = await bridge.call("wait", { channel, consumer_id: "win", timeout_seconds: 0 });
      expect(again.timed_out).toBe(true);
    });

    it("does not tell a reader from the beginning of a clear, which took nothing from it", async () => {
      await send("gone");
      await bridge.call("clear", { channel });
      const waiting = bridge.call("wait", { channel, since_id: "beginning", timeout_seconds: 30 });
      await send("here");
      const page = await waiting;
      expect(contents(page)).toEqual(["here"]);
      expect(page.warning).toBeUndefined();
    });

    it.each([
      ["idempotency_conflict", "send", { ...to, content: "twice", idempotency_key: "k" }],
      ["not_found", "ack", { channel, consumer_id: "c", message_id: "no-such-message" }],
      ["invalid_input", "send", { ...to, channel: " padded ", content: "x" }],
      ["invalid_input", "send", { ...to }],
      ["invalid_input", "send", { ...to, content: "x", message: { schema_version: 1, type: "t", content: "x" } }],
      ["invalid_input", "receive", { since_id: "beginning" }],
      ["invalid_input", "receive", { channel, since_id: "a", consumer_id: "b" }],
      ["invalid_input", "wait", { channel }],
      ["invalid_input", "wait", { channel, since_id: "beginning", timeout_seconds: -1 }],
      ["invalid_input", "wait", { channel, channels: ["a"], since_id: "beginning" }],
      ["invalid_input", "wait", { channels: ["a*"], consumer_id: "c" }],
      ["too_large", "send", { ...to, content: "é".repeat(65_537) }],
    ] as const)("refuses with %s: %s %j", async (code, operation, input) => {
      await send("once", { idempotency_key: "k" });
      await expect(bridge.call(operation, input)).rejects.toMatchObject({ code });
    });
  });
}
