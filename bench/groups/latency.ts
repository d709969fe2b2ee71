import { medianOf, repeat } from "../measure/rounds.ts";
import { openAudience } from "../load/audience.ts";
import { openPublisher } from "../load/publisher.ts";
import type { Group } from "../product/context.ts";
import { startRelay } from "../product/relay.ts";
import { atMost, latencies, type Row, show, type Target } from "../report/row.ts";

const channel = "bench:latency";
/** So few that each message finds the bridge at rest. */
const idleRate = 50;
const busyRate = 1000;

/** From when a send was due to when its subscribers had read it, through the durable store. */
export const latency: Group = {
  name: "latency",
  async *run(context) {
    for (const subscribers of [1, 25]) {
      await using relay = await startRelay(context);
      const paths = Array.from({ length: subscribers }, () => `/events/channel/${channel}`);
      const audience = await openAudience({ port: relay.port, paths, publishers: 16 });
      const publisher = await openPublisher({ port: relay.port, connections: 16, channel });
      await publisher.pace(busyRate, context.seconds(1));
      for (const perSecond of [idleRate, busyRate]) {
        const results = await repeat(context.rounds, async () => {
          const times = audience.measure();
          const acked = await publisher.pace(perSecond, context.seconds(2.4));
          await audience.settle(publisher.sent() * subscribers, 5);
          const [p50, p99] = [times.percentile(50), times.percentile(99)];
          const lost = publisher.sent() * subscribers - audience.delivered();
          return { p50, p99, lost, ackP50: acked.latency.percentile(50), ackP99: acked.latency.percentile(99) };
        });
        yield toRow(subscribers, perSecond, results);
      }
    }
  },
};

interface Result {
  readonly p50: number;
  readonly p99: number;
  readonly lost: number;
  readonly ackP50: number;
  readonly ackP99: number;
}

function toRow(subscribers: number, perSecond: number, results: readonly Result[]): Row {
  const [p50, p99] = [medianOf(results, (one) => one.p50), medianOf(results, (one) => one.p99)];
  const [ackP50, ackP99] = [medianOf(results, (one) => one.ackP50), medianOf(results, (one) => one.ackP99)];
  const lost = results.at(-1)?.lost ?? 0;
  const rate = perSecond === idleRate ? "idle" : `at ${show(perSecond)}/s`;
  return {
    group: "latency",
    name: `send → subscriber, ${rate}, ${subscribers} ${subscribers === 1 ? "subscriber" : "subscribers"}`,
    measured: `${latencies(p50, p99)} (answer to the sender ${latencies(ackP50, ackP99)})`,
    targets: [...targetsOf(subscribers, perSecond, { p50, p99 }), atMost("lost", 0, "", lost)],
    figures: { p50, p99, ackP50, ackP99, lost },
  };
}

function targetsOf(
  subscribers: number,
  perSecond: number,
  { p50, p99 }: { p50: number; p99: number },
): readonly Target[] {
  if (perSecond !== idleRate) return [];
  return subscribers === 1 ? [atMost("p50", 1, "ms", p50), atMost("p99", 5, "ms", p99)] : [atMost("p50", 2, "ms", p50)];
}
