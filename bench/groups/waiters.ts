import { setTimeout as sleep } from "node:timers/promises";
import { interleave, median, medianOf, repeat } from "../measure/rounds.ts";
import { type Connection, openConnection, openConnections } from "../load/connection.ts";
import { contentLength, get, post } from "../load/requests.ts";
import { createHistogram } from "../measure/histogram.ts";
import { nowUs } from "../load/stamp.ts";
import type { Context, Group } from "../product/context.ts";
import { type Relay, startRelay } from "../product/relay.ts";
import { atLeast, latencies, percent, type Row, show } from "../report/row.ts";
import { sendFor } from "./sends.ts";

const bystanders = 100;
const crowd = 1000;

/** Waits that others must not feel, and waits that all end at once. */
export const waiters: Group = {
  name: "waiters",
  async *run(context) {
    await using relay = await startRelay(context);
    yield await measureBystanders(context, relay);
    yield await measureCrowd(context, relay);
  },
};

async function measureBystanders(context: Context, relay: Relay): Promise<Row> {
  const seconds = context.seconds(1.5);
  await sendFor(relay.port, 16, context.seconds(1));
  const { without, with: waiting } = await interleave(context.rounds, {
    without: () => sendFor(relay.port, 16, seconds),
    with: async () => {
      const waits = await wait(relay, "bench:elsewhere", bystanders, () => undefined);
      const loop = await sendFor(relay.port, 16, seconds);
      for (const connection of waits) connection.close();
      return loop;
    },
  });
  const [ours, floor] = [waiting, without].map((loops) => medianOf(loops, ({ perSecond }) => perSecond));
  const ratio = median(waiting.map(({ perSecond }, at) => perSecond / (without[at]?.perSecond ?? 1)));
  return {
    group: "waiters",
    name: `sends with ${bystanders} waits on another channel, 16 connections`,
    measured: `${show(ours ?? 0)}/s`,
    floor: `${percent(ratio)} of ${show(floor ?? 0)}/s without`,
    targets: [atLeast("", 95, "% of without", ratio * 100)],
    figures: { perSecond: ours ?? 0, perSecondWithout: floor ?? 0, ratio },
  };
}

async function measureCrowd(context: Context, relay: Relay): Promise<Row> {
  const sender = await openConnection(relay.port);
  let round = 0;
  const results = await repeat(context.rounds, async () => {
    const latency = createHistogram();
    round += 1;
    const channel = `bench:crowd-${round}`;
    const request = post("/api/send", { channel, sender: "writer", content: "x".repeat(contentLength) });
    const all = Promise.withResolvers<void>();
    let sentAt = 0;
    const connections = await wait(relay, channel, crowd, () => {
      latency.add(nowUs() - sentAt);
      if (latency.count === crowd) all.resolve();
    });
    sentAt = nowUs();
    sender.ask(request, () => undefined);
    await all.promise;
    for (const connection of connections) connection.close();
    return { p50: latency.percentile(50), p99: latency.percentile(99), last: latency.percentile(100) };
  });
  const last = medianOf(results, (one) => one.last);
  const [p50, p99] = [medianOf(results, (one) => one.p50), medianOf(results, (one) => one.p99)];
  return {
    group: "waiters",
    name: `${show(crowd)} waits woken by one message`,
    measured: `all answered in ${show(last)} ms, ${latencies(p50, p99)}`,
    figures: { last, p50, p99 },
  };
}

/** Waits for the first message of a channel that has none. Resolves when the relay has all of them waiting. */
async function wait(
  relay: Relay,
  channel: string,
  count: number,
  onAnswer: () => void,
): Promise<readonly Connection[]> {
  const connections = await openConnections(relay.port, count);
  const request = get(`/api/wait?channel=${channel}&since_id=beginning&timeout_seconds=55`);
  let refusal: string | undefined;
  for (const connection of connections) {
    connection.ask(request, (status, body) => {
      if (status === 200) onAnswer();
      else refusal = body.toString();
    });
  }
  while ((await openWaits(relay)) < count) {
    if (refusal !== undefined) throw new Error(`a wait was refused: ${refusal}`);
    await sleep(20);
  }
  return connections;
}

async function openWaits({ port }: Relay): Promise<number> {
  const state = (await (await fetch(`http://127.0.0.1:${port}/api/state`)).json()) as { open_waits: number };
  return state.open_waits;
}
