import { join } from "node:path";
import { interleave, medianOf } from "../measure/rounds.ts";
import type { Context, Group } from "../product/context.ts";
import { startNode, startProduct } from "../product/process.ts";
import { startRelay } from "../product/relay.ts";
import { openConnection } from "../load/connection.ts";
import { get } from "../load/requests.ts";
import { toolsList } from "../load/mcp-requests.ts";
import { atMost, type Row, show } from "../report/row.ts";

/** Processes started cold, one after the other, beside a Node that does nothing. */
export const starts: Group = {
  name: "starts",
  async *run(context) {
    const db = join(context.folder, "starts.db");
    const timed = (start: () => Promise<void>) => async () => {
      const begun = performance.now();
      await start();
      return performance.now() - begun;
    };
    const results = await interleave(context.isQuick ? 3 : 11, {
      node: timed(() => runToEnd(context, ["-e", "0"])),
      version: timed(() => runToEnd(context, [join(context.product, "bin", "claude-bridge.js"), "--version"])),
      relay: () => timeRelay(context, db),
      stdio: () => timeStdio(context, db),
    });
    const of = (name: keyof typeof results) => medianOf(results[name], (ms) => ms);
    const floor = of("node");
    yield toRow("bare node -e 0, to its end", floor, floor);
    yield toRow("--version, to its end", of("version"), floor);
    yield toRow("relay, to the first answer of /status", of("relay"), floor, 250);
    yield toRow("--stdio, to the answer of tools/list", of("stdio"), floor, 300);
  },
};

async function runToEnd({ folder }: Context, args: readonly string[]): Promise<void> {
  const { child } = startNode(folder, args);
  await new Promise((resolve) => child.once("exit", resolve));
}

async function timeRelay(context: Context, db: string): Promise<number> {
  const begun = performance.now();
  await using relay = await startRelay(context, { db });
  const connection = await openConnection(relay.port);
  await new Promise<void>((resolve) => connection.ask(get("/status"), () => resolve()));
  const ms = performance.now() - begun;
  connection.close();
  return ms;
}

async function timeStdio(context: Context, db: string): Promise<number> {
  const begun = performance.now();
  await using program = startProduct(context, ["--stdio", "--db", db]);
  for (const message of toolsList) program.child.stdin.write(`${JSON.stringify(message)}\n`);
  for (;;) {
    const answer = JSON.parse(await program.line()) as { id?: number };
    if (answer.id === 2) return performance.now() - begun;
  }
}

function toRow(name: string, ms: number, floor: number, limit?: number): Row {
  return {
    group: "starts",
    name,
    measured: `${show(ms)} ms`,
    ...(ms === floor ? {} : { floor: `${show(ms - floor)} ms over bare node` }),
    targets: limit === undefined ? [] : [atMost("", limit, "ms", ms)],
    figures: { ms, bareNodeMs: floor },
  };
}
