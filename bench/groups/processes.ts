import { medianOf, repeat } from "../measure/rounds.ts";
import { openAudience } from "../load/audience.ts";
import { openPublisher } from "../load/publisher.ts";
import type { Group } from "../product/context.ts";
import { startRelay } from "../product/relay.ts";
import { atMost, latencies, type Row, show } from "../report/row.ts";

const channel = "bench:processes";

/** Two relays on one database: what is sent to the one is read from the other. */
export const processes: Group = {
  name: "processes",
  async *run(context) {
    await using reader = await startRelay(context);
    await using writer = await startRelay(context, { db: reader.db });
    const audience = await openAudience({ port: reader.port, paths: [`/events/channel/${channel}`], publishers: 8 });
    const publisher = await openPublisher({ port: writer.port, connections: 8, channel });
    await publisher.pace(100, context.seconds(1));
    for (const perSecond of [50, 500]) {
      const results = await repeat(context.rounds, async () => {
        const times = audience.measure();
        await publisher.pace(perSecond, context.seconds(2.5));
        await audience.settle(publisher.sent(), 5);
        return { p50: times.percentile(50), p99: times.percentile(99) };
      });
      const [p50, p99] = [medianOf(results, (one) => one.p50), medianOf(results, (one) => one.p99)];
      yield toRow(perSecond, { p50, p99, lost: publisher.sent() - audience.delivered() + audience.wrong() });
    }
  },
};

const toRow = (perSecond: number, { p50, p99, lost }: { p50: number; p99: number; lost: number }): Row => ({
  group: "processes",
  name: `send in one process → reader in another, ${show(perSecond)}/s`,
  measured: `${latencies(p50, p99)}, ${lost} lost`,
  targets: [atMost("p50", 5, "ms", p50), atMost("lost", 0, "", lost)],
  figures: { p50, p99, lost },
});
