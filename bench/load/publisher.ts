import { createHistogram } from "../measure/histogram.ts";
import { closedLoop, type Loop } from "./closed-loop.ts";
import { type Connection, openConnections } from "./connection.ts";
import { type StampedSend, stampedSend } from "./requests.ts";
import { onSchedule } from "./schedule.ts";
import { nowUs } from "./stamp.ts";

/** Connections that send stamped messages, each to one channel and each in its own order. */
export interface Publisher {
  /** Messages whose answers have come. */
  readonly sent: () => number;
  /** As fast as the answers come. */
  saturate(seconds: number): Promise<Loop>;
  /**
   * So many a second, at even distances. A message that finds no free connection waits for one, and its latency
   * counts from when it was due. Resolves, with the latencies of the answers, when all were answered.
   */
  pace(perSecond: number, seconds: number): Promise<Loop>;
  close(): void;
}

export interface PublisherOptions {
  readonly port: number;
  readonly connections: number;
  /** One for all, or the channel of each connection. */
  readonly channel: string | ((connection: number) => string);
}

export async function openPublisher({ port, connections, channel }: PublisherOptions): Promise<Publisher> {
  const open = await openConnections(port, connections);
  const lanes = open.map((connection, index) => {
    const send = stampedSend(typeof channel === "string" ? channel : channel(index), index);
    return { connection, send, next: 0 };
  });
  let sent = 0;

  return {
    sent: () => sent,
    async saturate(seconds) {
      const loop = await closedLoop(open, seconds, (index, dueUs) => nextOf(lanes[index], dueUs));
      sent += loop.answered;
      return loop;
    },
    async pace(perSecond, seconds) {
      const loop = await pace(lanes, perSecond, seconds);
      sent += loop.answered;
      return loop;
    },
    close() {
      for (const connection of open) connection.close();
    },
  };
}

interface Lane {
  readonly connection: Connection;
  readonly send: StampedSend;
  next: number;
}

function nextOf(lane: Lane | undefined, dueUs: number): Buffer {
  if (lane === undefined) throw new Error("no such connection");
  return lane.send.stamp(lane.next++, dueUs);
}

async function pace(lanes: readonly Lane[], perSecond: number, seconds: number): Promise<Loop> {
  const latency = createHistogram();
  const free = [...lanes];
  const late: number[] = [];
  const total = Math.round(perSecond * seconds);
  const begun = nowUs();
  const all = Promise.withResolvers<void>();

  function ask(lane: Lane, dueUs: number): void {
    lane.connection.ask(nextOf(lane, dueUs), (status, body) => {
      if (status >= 300) all.reject(new Error(`answered ${status}: ${body.toString()}`));
      latency.add(nowUs() - dueUs);
      if (latency.count === total) all.resolve();
      const nextDue = late.shift();
      if (nextDue === undefined) free.push(lane);
      else ask(lane, nextDue);
    });
  }

  await onSchedule(perSecond, seconds, (dueUs) => {
    const lane = free.shift();
    if (lane === undefined) late.push(dueUs);
    else ask(lane, dueUs);
  });
  await all.promise;
  return { perSecond: total / ((nowUs() - begun) / 1e6), answered: total, latency };
}
