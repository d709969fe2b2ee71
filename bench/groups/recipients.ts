import { setTimeout as sleep } from "node:timers/promises";
import { closedLoop } from "../load/closed-loop.ts";
import { type Connection, openConnection, openConnections } from "../load/connection.ts";
import { contentLength, post } from "../load/requests.ts";
import { nowUs } from "../load/stamp.ts";
import { createHistogram } from "../measure/histogram.ts";
import { interleave, median, medianOf, repeat } from "../measure/rounds.ts";
import { cpuMs } from "../measure/usage.ts";
import type { Context, Group } from "../product/context.ts";
import { type Relay, startRelay } from "../product/relay.ts";
import { latencies, percent, type Row, show } from "../report/row.ts";

const crowd = 1000;
const connections = 16;

/** What it costs that a message is for somebody. */
export const recipients: Group = {
  name: "recipients",
  async *run(context) {
    await using plain = await startRelay(context);
    yield await measurePrice(context, plain);
    await using crowded = await startRelay(context);
    yield await measureCrowd(context, crowded);
  },
};

/** The sender is a person: what agents send each other is held back after a while. */
const letterTo = (to: string | undefined, channel: string) =>
  post("/api/send", { channel, sender: "you", to, content: "x".repeat(contentLength) });

const nameOf = (agent: number) => `agent-${agent}`;

/** A look into the agent's inbox, after what it had and for so long. */
const lookOf = (agent: number, after: number, waitSeconds: number) =>
  post("/api/inbox", { after, wait_seconds: waitSeconds }, { "Claude-Bridge-Agent": nameOf(agent) });

async function measurePrice(context: Context, { port, pid }: Relay): Promise<Row> {
  const open = await openConnections(port, connections);
  // Whoever has looked into its inbox is known.
  for (const [agent, connection] of open.entries()) await ask(connection, lookOf(agent, 0, 0));
  const seconds = context.seconds(1);
  const send = async (requests: readonly Buffer[], howLong: number) => {
    const before = cpuMs(pid) ?? Number.NaN;
    const loop = await closedLoop(open, howLong, (at) => requests[at] ?? Buffer.alloc(0));
    return { perSecond: loop.perSecond, cpuUs: (((cpuMs(pid) ?? Number.NaN) - before) * 1000) / loop.answered };
  };
  const forAll = open.map((_, at) => letterTo(undefined, `bench:${at % 8}`));
  const forOne = open.map((_, at) => letterTo(nameOf(at), `bench:${at % 8}`));
  for (const requests of [forAll, forOne]) await send(requests, context.seconds(1));
  const results = await interleave(context.rounds, {
    without: () => send(forAll, seconds),
    with: () => send(forOne, seconds),
  });
  for (const connection of open) connection.close();
  const of = (name: keyof typeof results, figure: "perSecond" | "cpuUs") =>
    medianOf(results[name], (one) => one[figure]);
  const ratio = median(results.with.map(({ perSecond }, at) => perSecond / (results.without[at]?.perSecond ?? 1)));
  const [perSecond, perSecondWithout] = [of("with", "perSecond"), of("without", "perSecond")];
  const [cpuUs, cpuUsWithout] = [of("with", "cpuUs"), of("without", "cpuUs")];
  return {
    group: "recipients",
    name: `durable sends to a known agent, ${connections} connections`,
    measured: `${show(perSecond)}/s, ${show(cpuUs)} CPU µs each`,
    floor: `${percent(ratio)} of ${show(perSecondWithout)}/s, ${show(cpuUsWithout)} µs to nobody`,
    figures: { perSecond, perSecondWithout, cpuUs, cpuUsWithout, ratio },
  };
}

async function measureCrowd(context: Context, relay: Relay): Promise<Row> {
  const { port, pid } = relay;
  const agents = await openConnections(port, crowd);
  const sender = await openConnection(port);
  const latency = createHistogram();
  const arrivals = agents.map(() => (_seq: number) => {});
  function wait(agent: number, after: number): void {
    agents[agent]?.ask(lookOf(agent, after, 55), (status, body) => {
      const next = status === 200 ? Number(/"next":(\d+)/.exec(body.toString())?.[1]) : after;
      // What nobody has written to for so long looks again.
      wait(agent, next);
      if (next > after) arrivals[agent]?.(next);
    });
  }
  for (const agent of agents.keys()) wait(agent, 0);
  await untilOpen(relay, crowd);

  let letters = 0;
  const perRound = context.isQuick ? 50 : 200;
  const results = await repeat(context.rounds, async () => {
    const before = cpuMs(pid) ?? Number.NaN;
    for (let letter = 0; letter < perRound; letter++) {
      const agent = (letters++ * 7) % crowd;
      const arrival = new Promise<void>((resolve) => (arrivals[agent] = () => resolve()));
      const sentUs = nowUs();
      const answer = ask(sender, letterTo(nameOf(agent), "bench:mail"));
      await arrival;
      latency.add(nowUs() - sentUs);
      await answer;
    }
    return { cpuUs: (((cpuMs(pid) ?? Number.NaN) - before) * 1000) / perRound };
  });
  const [p50, p99, cpuUs] = [latency.percentile(50), latency.percentile(99), medianOf(results, (one) => one.cpuUs)];
  return {
    group: "recipients",
    name: `message to one of ${show(crowd)} waiting agents`,
    measured: `${latencies(p50, p99)}, ${show(cpuUs)} CPU µs each`,
    figures: { p50, p99, cpuUs },
  };
}

function ask(connection: Connection, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.ask(request, (status, body) => {
      if (status === 200) resolve();
      else reject(new Error(`answered ${status}: ${body.toString()}`));
    });
  });
}

async function untilOpen({ port }: Relay, wanted: number): Promise<void> {
  for (let open = 0; open < wanted; await sleep(20)) {
    const state = (await (await fetch(`http://127.0.0.1:${port}/api/state`)).json()) as { open_waits: number };
    open = state.open_waits;
  }
}
