import { interleave, median, medianOf } from "../measure/rounds.ts";
import { openConnections } from "../load/connection.ts";
import { type EventStream, openEventStream } from "../load/event-stream.ts";
import { openPublisher } from "../load/publisher.ts";
import { get } from "../load/requests.ts";
import { onSchedule } from "../load/schedule.ts";
import type { Group } from "../product/context.ts";
import { fill } from "../product/fill.ts";
import { startRelay } from "../product/relay.ts";
import { atMost, latencies, show } from "../report/row.ts";

const dashboards = 3;
const sendsPerSecond = 1000;
const messages = 100_000;

/** Whether people who look at the bridge slow down those who use it. */
export const dashboardsOpen: Group = {
  name: "dashboards",
  async *run(context) {
    const { db } = await fill(context, messages);
    await using relay = await startRelay(context, { db });
    const publisher = await openPublisher({ port: relay.port, connections: 16, channel: (at) => `bench:${at % 8}` });
    const pollers = await openConnections(relay.port, dashboards);
    const seconds = context.isQuick ? 2.2 : 3.2;
    await publisher.pace(sendsPerSecond, context.seconds(1));

    const results = await interleave(context.rounds, {
      without: () => publisher.pace(sendsPerSecond, seconds),
      with: async () => {
        const streams = await openStreams(relay.port);
        // Each dashboard asks every 2 s, and not at the same time as another.
        let polls = 0;
        const polling = onSchedule(dashboards / 2, seconds - 0.5, () => {
          pollers[polls++ % dashboards]?.ask(get("/api/state"), () => undefined);
        });
        const loop = await publisher.pace(sendsPerSecond, seconds);
        await polling;
        for (const stream of streams) stream.close();
        return loop;
      },
    });
    const p99Of = (name: keyof typeof results) => medianOf(results[name], ({ latency }) => latency.percentile(99));
    const p50Of = (name: keyof typeof results) => medianOf(results[name], ({ latency }) => latency.percentile(50));
    const ratios = results.with.map(
      (one, at) => one.latency.percentile(99) / (results.without[at]?.latency.percentile(99) ?? 1),
    );
    const ratio = median(ratios);
    yield {
      group: "dashboards",
      name: `sends at ${show(sendsPerSecond)}/s with ${dashboards} dashboards, ${show(messages)} messages`,
      measured: latencies(p50Of("with"), p99Of("with")),
      floor: `without: ${latencies(p50Of("without"), p99Of("without"))}; p99 × ${show(ratio)}`,
      targets: [atMost("p99", 1.2, "×", ratio)],
      figures: {
        p50: p50Of("with"),
        p99: p99Of("with"),
        p50Without: p50Of("without"),
        p99Without: p99Of("without"),
        ratio,
      },
    };
  },
};

const openStreams = (port: number): Promise<readonly EventStream[]> =>
  Promise.all(
    Array.from({ length: dashboards }, () =>
      openEventStream({ port, path: "/events?channels=*", onFrame: () => undefined, onEnd: () => undefined }),
    ),
  );
