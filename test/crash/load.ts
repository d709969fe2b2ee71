import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { BridgeError, connect, type ReceivedMessage } from "../../src/client/index.ts";

/** One that sends message after message, each with a key, and knows what it was told is stored. */
export interface Writer {
  readonly channel: string;
  readonly sender: string;
  /** The id of each message that was acknowledged, by its key, in the order in which they were sent. */
  readonly acknowledged: Map<string, string>;
}

export function createWriters(count: number, channelOf: (writer: number) => string): readonly Writer[] {
  return Array.from({ length: count }, (_, n) => ({
    channel: channelOf(n),
    sender: `w${n}`,
    acknowledged: new Map<string, string>(),
  }));
}

export interface Sending {
  /** Asked for each try, so that a writer can turn to another relay. */
  readonly url: () => string;
  /** Bytes of a message. */
  readonly bytes?: number;
  /** How long a writer waits for an answer before it tries again, in milliseconds. */
  readonly patienceMs?: number;
}

/** As clients wait before they try again, in milliseconds. */
const retryMs = 20;
const largestBackoffs = 3000;

/** Sends the writer's next message, as often as it takes to be told that it is stored. */
export async function sendNext(writer: Writer, { url, bytes = 0, patienceMs = 15_000 }: Sending): Promise<void> {
  const { channel, sender, acknowledged } = writer;
  const key = `${sender}/${acknowledged.size}`;
  const message = { channel, sender, content: key.padEnd(bytes, "."), idempotencyKey: key };
  for (let tries = 0; tries < largestBackoffs; tries++) {
    try {
      const { id } = await connect({ url: url(), answerMs: patienceMs }).send(message, { patienceMs: 0 });
      return void acknowledged.set(key, id);
    } catch (error) {
      if (!(error instanceof BridgeError) || !error.retryable) throw error;
    }
    await pause(retryMs);
  }
  throw new Error(`${key} was never acknowledged`);
}

export const keepSending = async (writer: Writer, sending: Sending, isOver: () => boolean): Promise<void> => {
  while (!isOver()) await sendNext(writer, sending);
};

export const sendMany = async (writer: Writer, sending: Sending, count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await sendNext(writer, sending);
};

export const countAcknowledged = (writers: readonly Writer[]): number =>
  writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);

export const keyIn = (content: string | undefined): string => (content ?? "").replace(/\.+$/, "");

/** A first message, whose id is a place to read from: everything after it must come. */
export async function sendFirst(url: string, channel: string): Promise<string> {
  const { id } = await connect({ url }).send({ channel, sender: "first", content: `first of ${channel}` });
  return id;
}

/** Everything in the channel, page by page. */
export async function readAll(url: string, channel: string): Promise<readonly ReceivedMessage[]> {
  const bridge = connect({ url });
  const messages: ReceivedMessage[] = [];
  for (let cursor = "beginning", hasMore = true; hasMore;) {
    const page = await bridge.messages({ channel, sinceId: cursor, limit: 500 });
    messages.push(...page.messages);
    cursor = page.nextCursor ?? cursor;
    hasMore = page.hasMore;
  }
  return messages;
}

/** What was acknowledged is stored, once, with the id that was told, in the order in which each writer sent it. */
export async function expectKept(url: string, writers: readonly Writer[]): Promise<void> {
  const channels = [...new Set(writers.map(({ channel }) => channel))];
  const stored = (await Promise.all(channels.map((channel) => readAll(url, channel)))).flat();
  const byKey = new Map(stored.map((message) => [keyIn(message.content), message]));
  expect(byKey.size).toBe(stored.length);
  for (const { acknowledged } of writers) {
    const lost = [...acknowledged].filter(([key, id]) => byKey.get(key)?.id !== id);
    expect(lost).toEqual([]);
    const seqs = [...acknowledged.keys()].map((key) => byKey.get(key)?.seq ?? 0);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  }
}
