import { cpuMs, openFilesLimit } from "../measure/usage.ts";
import { medianOf, repeat } from "../measure/rounds.ts";
import { openAudience } from "../load/audience.ts";
import { openPublisher } from "../load/publisher.ts";
import type { Context, Group } from "../product/context.ts";
import { startRelay } from "../product/relay.ts";
import { atMost, latencies, type Row, show, skipped } from "../report/row.ts";

const crowd = 5000;
const perSecond = 10;
/** What a relay has open beside its streams. */
const otherFiles = 100;

/** Many streams with little to read. */
export const streams: Group = {
  name: "streams",
  async *run(context) {
    if (mayOpen(crowd)) yield await measureCrowd(context);
    else yield skipped("streams", crowdName, tooFew());
  },
};

const crowdName = `${show(crowd)} subscribers × ${perSecond}/s`;
const mayOpen = (streams: number) => openFilesLimit() >= streams + otherFiles;
const tooFew = () => `ulimit -n allows only ${openFilesLimit()} open files`;

async function measureCrowd(context: Context): Promise<Row> {
  await using relay = await startRelay(context);
  const channel = "bench:crowd";
  const paths = Array.from({ length: crowd }, () => `/events/channel/${channel}`);
  const audience = await openAudience({ port: relay.port, paths, publishers: 4 });
  const publisher = await openPublisher({ port: relay.port, connections: 4, channel });
  await publisher.pace(perSecond, context.seconds(1));
  const results = await repeat(context.rounds, async () => {
    await audience.settle(publisher.sent() * crowd, 5);
    const times = audience.measure();
    const cpu = cpuMs(relay.pid) ?? Number.NaN;
    const seconds = context.seconds(3);
    await publisher.pace(perSecond, seconds);
    await audience.settle(publisher.sent() * crowd, 10);
    const busy = ((cpuMs(relay.pid) ?? Number.NaN) - cpu) / (seconds * 10);
    return { p50: times.percentile(50), p99: times.percentile(99), busy };
  });
  const lost = publisher.sent() * crowd - audience.delivered() + audience.wrong();
  audience.close();
  const [p50, p99] = [medianOf(results, (one) => one.p50), medianOf(results, (one) => one.p99)];
  const busy = medianOf(results, (one) => one.busy);
  return {
    group: "streams",
    name: crowdName,
    measured: `${latencies(p50, p99)}, ${show(busy)} % of a core, ${lost} lost`,
    targets: [atMost("lost", 0, "", lost)],
    figures: { p50, p99, lost, cpuPercent: busy, ended: audience.ended() },
  };
}
