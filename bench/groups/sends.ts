import { join } from "node:path";
import { interleave, medianOf } from "../measure/rounds.ts";
import { cpuMs, written } from "../measure/usage.ts";
import { closedLoop, type Loop } from "../load/closed-loop.ts";
import { openConnections } from "../load/connection.ts";
import { contentLength, post } from "../load/requests.ts";
import type { Group } from "../product/context.ts";
import { startFloor } from "../product/floor.ts";
import { startRelay } from "../product/relay.ts";
import { atLeast, atMost, latencies, percent, type Row, show } from "../report/row.ts";

/** The part of the bare server's rate that is wanted, by connections. */
const wanted: Readonly<Record<number, number>> = { 16: 30, 64: 40 };
const channels = 8;

/** Durable sends over HTTP, as fast as the answers come. */
export const sends: Group = {
  name: "sends",
  async *run(context) {
    await using relay = await startRelay(context);
    await using http = await startFloor(context.folder, "http");
    await using sqlite = await startFloor(context.folder, "sqlite", [join(context.folder, "floor.db")]);
    const commits = async (group: number): Promise<number> => {
      sqlite.child.stdin.write(`${group} ${context.seconds(0.4)}\n`);
      return Number(await sqlite.line());
    };
    for (const port of [relay.port, http.port]) await sendFor(port, 64, context.seconds(1));
    for (const connections of [1, 16, 64, 256]) {
      const load = { connections, seconds: context.seconds(1) };
      const results = await interleave(context.rounds, {
        relay: () => sendAndCount(relay, load),
        http: () => sendAndCount(http, load),
        sqlite: async () => ({ ...nothing, perSecond: await commits(connections) }),
      });
      yield* toRows(connections, results);
    }
  },
};

interface Result {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuUs: number;
  readonly kb: number;
  readonly counted: string;
}

const nothing: Result = { perSecond: 0, p50: 0, p99: 0, cpuUs: 0, kb: 0, counted: "" };

type Results = Readonly<Record<"relay" | "http" | "sqlite", readonly Result[]>>;

/** Sends over new connections, which are closed afterwards. */
export async function sendFor(port: number, connections: number, seconds: number): Promise<Loop> {
  const open = await openConnections(port, connections);
  const requests = open.map((_, index) =>
    post("/api/send", {
      channel: `bench:${index % channels}`,
      sender: `writer-${index}`,
      content: "x".repeat(contentLength),
    }),
  );
  const loop = await closedLoop(open, seconds, (connection) => requests[connection] ?? Buffer.alloc(0));
  for (const connection of open) connection.close();
  return loop;
}

async function sendAndCount(
  { pid, port }: { readonly pid: number; readonly port: number },
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Result> {
  const [cpu, before] = [cpuMs(pid) ?? Number.NaN, written(pid)];
  const { answered, perSecond, latency } = await sendFor(port, connections, seconds);
  const after = written(pid);
  const bytes = before === undefined || after === undefined ? Number.NaN : after.bytes - before.bytes;
  return {
    perSecond,
    p50: latency.percentile(50),
    p99: latency.percentile(99),
    cpuUs: (((cpuMs(pid) ?? Number.NaN) - cpu) * 1000) / answered,
    kb: bytes / 1024 / answered,
    counted: after?.counted ?? "not known here",
  };
}

function* toRows(connections: number, { relay, http, sqlite }: Results): Generator<Row, void, void> {
  const [perSecond, floor] = [medianOf(relay, (one) => one.perSecond), medianOf(http, (one) => one.perSecond)];
  const commits = medianOf(sqlite, (one) => one.perSecond);
  const [p50, p99] = [medianOf(relay, (one) => one.p50), medianOf(relay, (one) => one.p99)];
  const [cpuUs, httpCpuUs] = [medianOf(relay, (one) => one.cpuUs), medianOf(http, (one) => one.cpuUs)];
  const part = wanted[connections];
  yield {
    group: "sends",
    name: `durable sends, ${connections} ${connections === 1 ? "connection" : "connections"}`,
    measured: `${show(perSecond)}/s, ${latencies(p50, p99)}, ${show(cpuUs)} CPU µs each`,
    floor: `${percent(perSecond / floor)} of bare http ${show(floor)}/s, ${show(httpCpuUs)} µs; bare sqlite ${show(commits)}/s`,
    targets: part === undefined ? [] : [atLeast("", part, "% of http", (perSecond / floor) * 100)],
    figures: {
      perSecond,
      p50,
      p99,
      httpPerSecond: floor,
      sqlitePerSecond: commits,
      cpuUs,
      httpCpuUs,
      ratio: perSecond / floor,
    },
  };
  if (connections !== 16) return;
  const kb = medianOf(relay, (one) => one.kb);
  yield {
    group: "sends",
    name: `written per ${contentLength}-byte message, 16 connections`,
    measured: `${show(kb)} KB (${relay[0]?.counted})`,
    targets: [atMost("", 6, "KB", kb)],
    figures: { kb },
  };
}
