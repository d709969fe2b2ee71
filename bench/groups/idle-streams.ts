import { setTimeout as sleep } from "node:timers/promises";
import { cpuMs, openFilesLimit, residentKb } from "../measure/usage.ts";
import { type Audience, openAudience } from "../load/audience.ts";
import type { Context, Group } from "../product/context.ts";
import { startFloor } from "../product/floor.ts";
import { startRelay } from "../product/relay.ts";
import { atMost, type Row, show, skipped } from "../report/row.ts";

/** Streams, and what each may cost in KB. */
const crowds = [
  [1000, 20],
  [10_000, 12],
] as const;
/** What a relay has open beside its streams. */
const otherFiles = 100;

/** Streams with nothing to read. */
export const idleStreams: Group = {
  name: "idle-streams",
  async *run(context) {
    for (const [count, limit] of crowds) {
      const name = `${show(count)} idle streams`;
      if (openFilesLimit() < count + otherFiles) {
        yield skipped("idle-streams", name, `ulimit -n allows only ${openFilesLimit()} open files`);
        continue;
      }
      await using relay = await startRelay(context);
      // Long enough for a heartbeat.
      const ours = await crowd(context, relay, count, context.isQuick ? 1.5 : 16);
      await using floor = await startFloor(context.folder, "streams");
      const bare = await crowd(context, floor, count, 1);
      yield toRow(name, ours, bare, limit);
    }
  },
};

interface Cost {
  readonly kb: number;
  readonly cpuPercent: number;
}

async function crowd(
  context: Context,
  { pid, port }: { readonly pid: number; readonly port: number },
  count: number,
  seconds: number,
): Promise<Cost> {
  // What the first streams make a server load and compile is not the price of a stream.
  (await openIdle(port, 100)).close();
  await sleep(context.seconds(2) * 1000);
  const empty = residentKb(pid) ?? Number.NaN;
  const audience = await openIdle(port, count);
  await sleep(context.seconds(2) * 1000);
  const cpu = cpuMs(pid) ?? Number.NaN;
  await sleep(seconds * 1000);
  const cpuPercent = ((cpuMs(pid) ?? Number.NaN) - cpu) / (seconds * 10);
  const kb = ((residentKb(pid) ?? Number.NaN) - empty) / count;
  audience.close();
  return { kb, cpuPercent };
}

const openIdle = (port: number, count: number): Promise<Audience> =>
  openAudience({
    port,
    paths: Array.from({ length: count }, (_, at) => `/events/channel/bench:${at % 100}`),
    publishers: 1,
  });

const toRow = (name: string, { kb, cpuPercent }: Cost, bare: Cost, limit: number): Row => ({
  group: "idle-streams",
  name,
  measured: `${show(kb)} KB resident each, ${show(cpuPercent)} % of a core`,
  floor: `bare writer ${show(bare.kb)} KB each`,
  targets: [atMost("", limit, "KB", kb)],
  figures: { kb, cpuPercent, bareKb: bare.kb },
});
