import { join } from "node:path";
import { interleave, medianOf } from "../measure/rounds.ts";
import { closedLoop, type Loop } from "../load/closed-loop.ts";
import { type Connection, openConnections } from "../load/connection.ts";
import { openPipes, openSession } from "../load/mcp-callers.ts";
import { call2025, call2026 } from "../load/mcp-requests.ts";
import type { Group } from "../product/context.ts";
import { startProduct } from "../product/process.ts";
import { startRelay } from "../product/relay.ts";
import { atLeast, latencies, show } from "../report/row.ts";

/** `tools/call` of `bridge_send`, over each transport: the whole way of a message that an agent sends. */
export const mcp: Group = {
  name: "mcp",
  async *run(context) {
    await using relay = await startRelay(context);
    await using stdio = startProduct(context, ["--stdio", "--db", join(context.folder, "stdio.db")]);
    const pipes = await openPipes(stdio, 16);
    const { port } = relay;
    const seconds = context.seconds(0.8);
    for (const count of [1, 16]) {
      const sessions = await Promise.all(Array.from({ length: count }, (_, index) => openSession(port, index)));
      const contenders = {
        "Streamable HTTP 2025-11-25": async () => call(await openConnections(port, count), seconds, call2025),
        "Streamable HTTP 2026-07-28": async () => call(await openConnections(port, count), seconds, call2026),
        "HTTP+SSE": () => call(sessions, seconds, nothing, false),
        stdio: () => call(pipes.slice(0, count), seconds, nothing),
      };
      for (const warm of Object.values(contenders)) await warm();
      const results = await interleave(context.rounds, contenders);
      for (const [name, loops] of Object.entries(results)) yield toRow(name, count, loops);
      for (const session of sessions) session.close();
    }
  },
};

const nothing = () => Buffer.alloc(0);

async function call(
  connections: readonly Connection[],
  seconds: number,
  requestOf: (connection: number) => Buffer,
  isOver = true,
): Promise<Loop> {
  const requests = connections.map((_, index) => requestOf(index));
  const loop = await closedLoop(connections.map(checked), seconds, (index) => requests[index] ?? nothing());
  if (isOver) for (const connection of connections) connection.close();
  return loop;
}

/** A refused call is answered like any other: it must not be taken for one that went well. */
const checked = (connection: Connection): Connection => ({
  ...connection,
  ask(request, onAnswer) {
    connection.ask(request, (status, body) => onAnswer(body.includes("receipt: stored") ? status : 500, body));
  },
});

function toRow(transport: string, count: number, loops: readonly Loop[]) {
  const perSecond = medianOf(loops, (one) => one.perSecond);
  const p50 = medianOf(loops, ({ latency }) => latency.percentile(50));
  const p99 = medianOf(loops, ({ latency }) => latency.percentile(99));
  return {
    group: "mcp",
    name: `MCP tools/call, ${transport}, ${count === 1 ? "1 caller" : `${count} callers`}`,
    measured: `${show(perSecond)}/s, ${latencies(p50, p99)}`,
    targets: count === 16 ? [atLeast("", 2000, "/s", perSecond)] : [],
    figures: { perSecond, p50, p99 },
  };
}
