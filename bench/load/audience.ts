import { setTimeout as sleep } from "node:timers/promises";
import { createHistogram, type Histogram } from "../measure/histogram.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";
import { dueAt, findStamp, indexAt, publisherAt } from "./stamp.ts";

/** Subscribers that count what they get: a message that did not come, came twice or out of turn is seen. */
export interface Audience {
  readonly delivered: () => number;
  /** Messages that came twice, and those that came after a later one of their publisher. */
  readonly wrong: () => number;
  /** Streams that the server ended; their readers came back with their last id. */
  readonly ended: () => number;
  /** From now on latencies go into a new histogram. */
  measure(): Histogram;
  /** Waits until that many were delivered in all, for at most `seconds`. */
  settle(delivered: number, seconds: number): Promise<void>;
  close(): void;
}

/** Opened so many at a time: a server takes only so many that it has not accepted yet. */
const openedAtOnce = 100;

export interface AudienceOptions {
  readonly port: number;
  /** A stream for each. */
  readonly paths: readonly string[];
  readonly publishers: number;
}

export async function openAudience({ port, paths, publishers }: AudienceOptions): Promise<Audience> {
  let delivered = 0;
  let wrong = 0;
  let ended = 0;
  let latency = createHistogram();
  let isClosed = false;
  const streams = new Set<EventStream>();

  async function subscribe(path: string, next: Uint32Array, lastEventId?: string): Promise<void> {
    let lastFrame: string | undefined = lastEventId;
    let stream: EventStream | undefined;
    stream = await openEventStream({
      port,
      path,
      lastEventId,
      onFrame(bytes, start, end, readUs) {
        const stamp = findStamp(bytes, start, end);
        if (stamp < 0) return;
        const publisher = publisherAt(bytes, stamp);
        const index = indexAt(bytes, stamp);
        if (index < (next[publisher] ?? 0)) {
          wrong += 1;
          return;
        }
        next[publisher] = index + 1;
        delivered += 1;
        latency.add(readUs - dueAt(bytes, stamp));
        lastFrame = bytes.toString("latin1", start + 4, start + 40);
      },
      onEnd() {
        // One may end before it is known here.
        if (stream !== undefined) streams.delete(stream);
        ended += 1;
        if (!isClosed) void subscribe(path, next, lastFrame).catch(() => undefined);
      },
    });
    streams.add(stream);
  }

  for (let at = 0; at < paths.length; at += openedAtOnce) {
    await Promise.all(paths.slice(at, at + openedAtOnce).map((path) => subscribe(path, new Uint32Array(publishers))));
  }
  return {
    delivered: () => delivered,
    wrong: () => wrong,
    ended: () => ended,
    measure() {
      latency = createHistogram();
      return latency;
    },
    async settle(expected, seconds) {
      const giveUpAt = performance.now() + seconds * 1000;
      while (delivered < expected && performance.now() < giveUpAt) await sleep(2);
    },
    close() {
      isClosed = true;
      for (const stream of streams) stream.close();
    },
  };
}
