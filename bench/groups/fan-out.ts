import { interleave, medianOf } from "../measure/rounds.ts";
import { cpuMs } from "../measure/usage.ts";
import { type Audience, openAudience } from "../load/audience.ts";
import { openPublisher, type Publisher } from "../load/publisher.ts";
import { nowUs } from "../load/stamp.ts";
import type { Group } from "../product/context.ts";
import { startFloor } from "../product/floor.ts";
import { startRelay } from "../product/relay.ts";
import { atLeast, atMost, latencies, percent, type Row, show } from "../report/row.ts";

const channel = "bench:fan-out";
const publishers = 16;
/** A rate that the bare writer carries to 1,000 subscribers. */
const offered = 400;

/** One channel with many readers: saturated by its publishers, and at a rate that is offered whatever happens. */
export const fanOut: Group = {
  name: "fan-out",
  async *run(context) {
    for (const subscribers of [1, 100, 1000]) {
      await using relay = await startRelay(context);
      await using floor = await startFloor(context.folder, "streams");
      const ours = await openHall(relay, subscribers);
      const bare = await openHall(floor, subscribers);
      for (const hall of [ours, bare]) await saturate(hall, context.seconds(1));
      yield toRow(
        `fan-out to ${show(subscribers)}, saturated`,
        await interleave(context.rounds, {
          ours: () => saturate(ours, context.seconds(1.2)),
          bare: () => saturate(bare, context.seconds(1.2)),
        }),
        subscribers === 1000,
      );
      if (subscribers < 1000) continue;
      yield toRow(
        `fan-out to ${show(subscribers)} at ${offered} messages/s`,
        await interleave(context.rounds, {
          ours: () => offer(ours, context.seconds(1.2)),
          bare: () => offer(bare, context.seconds(1.2)),
        }),
        true,
      );
    }
  },
};

interface Server {
  readonly pid: number;
  readonly port: number;
}

interface Hall {
  readonly pid: number;
  readonly subscribers: number;
  readonly publisher: Publisher;
  readonly audience: Audience;
}

interface Delivery {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuUs: number;
  /** Deliveries that had not come seconds after the last send, or came wrongly. */
  readonly lost: number;
  readonly ended: number;
}

async function openHall({ pid, port }: Server, subscribers: number): Promise<Hall> {
  const paths = Array.from({ length: subscribers }, () => `/events/channel/${channel}`);
  const audience = await openAudience({ port, paths, publishers });
  return { pid, subscribers, audience, publisher: await openPublisher({ port, connections: publishers, channel }) };
}

const saturate = (hall: Hall, seconds: number) => deliver(hall, () => hall.publisher.saturate(seconds));
const offer = (hall: Hall, seconds: number) => deliver(hall, () => hall.publisher.pace(offered, seconds));

/** The rate counts until the last delivery: what is still on its way when the sending ends takes its time too. */
async function deliver(
  { pid, subscribers, audience, publisher }: Hall,
  send: () => Promise<unknown>,
): Promise<Delivery> {
  const [deliveredBefore, sentBefore] = [audience.delivered(), publisher.sent()];
  const [wrongBefore, endedBefore] = [audience.wrong(), audience.ended()];
  const latency = audience.measure();
  const [begun, cpu] = [nowUs(), cpuMs(pid) ?? Number.NaN];
  await send();
  const due = (publisher.sent() - sentBefore) * subscribers;
  await audience.settle(deliveredBefore + due, 10);
  const delivered = audience.delivered() - deliveredBefore;
  return {
    perSecond: delivered / ((nowUs() - begun) / 1e6),
    p50: latency.percentile(50),
    p99: latency.percentile(99),
    cpuUs: (((cpuMs(pid) ?? Number.NaN) - cpu) * 1000) / delivered,
    lost: due - delivered + audience.wrong() - wrongBefore,
    ended: audience.ended() - endedBefore,
  };
}

type Results = Readonly<Record<"ours" | "bare", readonly Delivery[]>>;

function toRow(name: string, { ours, bare }: Results, hasTarget: boolean): Row {
  const [perSecond, floor] = [medianOf(ours, (one) => one.perSecond), medianOf(bare, (one) => one.perSecond)];
  const [p50, p99] = [medianOf(ours, (one) => one.p50), medianOf(ours, (one) => one.p99)];
  const bareP99 = medianOf(bare, (one) => one.p99);
  const [cpuUs, bareCpuUs] = [ours, bare].map((results) => medianOf(results, (one) => one.cpuUs)) as [number, number];
  const sum = (figure: (one: Delivery) => number) => ours.reduce((total, one) => total + figure(one), 0);
  const [lost, ended] = [sum((one) => one.lost), sum((one) => one.ended)];
  const speed = hasTarget
    ? [atLeast("", 90, "% of bare", (perSecond / floor) * 100), atMost("p99", 60, "ms", p99)]
    : [];
  return {
    group: "fan-out",
    name,
    measured: `${show(perSecond)} deliveries/s, ${latencies(p50, p99)}, ${show(cpuUs)} CPU µs each, ${lost} lost${ended > 0 ? `, ${ended} resumed` : ""}`,
    floor: `${percent(perSecond / floor)} of bare writer ${show(floor)}/s, p99 ${show(bareP99)} ms, ${show(bareCpuUs)} µs`,
    targets: [...speed, atMost("lost", 0, "", lost)],
    figures: {
      perSecond,
      p50,
      p99,
      lost,
      ended,
      barePerSecond: floor,
      bareP99,
      cpuUs,
      bareCpuUs,
      ratio: perSecond / floor,
    },
  };
}
