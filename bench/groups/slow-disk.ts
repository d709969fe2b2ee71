import { createHistogram } from "../measure/histogram.ts";
import { medianOf, repeat } from "../measure/rounds.ts";
import { openConnections } from "../load/connection.ts";
import { get } from "../load/requests.ts";
import { onSchedule } from "../load/schedule.ts";
import { nowUs } from "../load/stamp.ts";
import type { Group } from "../product/context.ts";
import { startRelay } from "../product/relay.ts";
import { slowDisk } from "../product/slow-disk.ts";
import { atMost, latencies, show, skipped } from "../report/row.ts";
import { sendFor } from "./sends.ts";

const slowedMs = 10;
const asksPerSecond = 100;

/** Whether somebody who stores nothing waits for the disk with those who do. */
export const slowDiskBystander: Group = {
  name: "slow-disk",
  async *run(context) {
    const name = `GET /status while fsync is ${slowedMs} ms slower, 16 connections sending`;
    const env = slowDisk(context.folder, slowedMs);
    if (env === undefined) return yield skipped("slow-disk", name, "needs Linux and a C compiler, for the slow fsync");
    await using relay = await startRelay(context, { env });
    const asking = await openConnections(relay.port, 16);
    const status = get("/status");

    const results = await repeat(context.rounds, async () => {
      const latency = createHistogram();
      const sending = sendFor(relay.port, 16, context.seconds(2));
      let next = 0;
      await onSchedule(asksPerSecond, context.seconds(1.8), (dueUs) =>
        asking[next++ % asking.length]?.ask(status, () => latency.add(nowUs() - dueUs)),
      );
      const { perSecond, latency: sends } = await sending;
      return { p50: latency.percentile(50), p99: latency.percentile(99), perSecond, sendP50: sends.percentile(50) };
    });
    const [p50, p99] = [medianOf(results, (one) => one.p50), medianOf(results, (one) => one.p99)];
    const [perSecond, sendP50] = [medianOf(results, (one) => one.perSecond), medianOf(results, (one) => one.sendP50)];
    yield {
      group: "slow-disk",
      name,
      measured: `${latencies(p50, p99)} (sends ${show(perSecond)}/s, p50 ${show(sendP50)} ms)`,
      targets: [atMost("p99", 5, "ms", p99)],
      figures: { p50, p99, sendsPerSecond: perSecond, sendP50 },
    };
  },
};
