/** Measures the product and, in the same run, the bare machinery it stands on. See docs/benchmarks.md. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { groups } from "./groups/index.ts";
import { type Options, readOptions, usage } from "./options.ts";
import { benchFolder, buildProduct, repository } from "./product/build.ts";
import type { Context, Group } from "./product/context.ts";
import { describeMachine, loadNow } from "./report/machine.ts";
import { publish } from "./report/publish.ts";
import { type Row, skipped } from "./report/row.ts";
import { toTable } from "./report/table.ts";

const options = readOptions(process.argv.slice(2));
if (options.isHelp) {
  console.log(`${usage}\n\nGroups: ${groups.map(({ name }) => name).join(", ")}`);
  process.exit();
}
mkdirSync(benchFolder, { recursive: true });
const folder = mkdtempSync(join(benchFolder, "data-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

await main();
process.exit();

async function main(): Promise<void> {
  const begun = performance.now();
  const loadBefore = loadNow();
  const rows = await measure(createContext(options, folder), options);
  const seconds = Math.round((performance.now() - begun) / 1000);
  const machine = { ...describeMachine(), "load before": loadBefore };
  const facts = Object.entries(machine).map(([name, value]) => `${name}: ${value}`);
  const report = `${toTable(rows)}\n\n${facts.join(", ")}; took ${seconds} s`;
  console.log(report);
  if (options.isPublished) publish(join(repository, "docs", "benchmarks.md"), report);
  const file = resolve(options.json ?? join(benchFolder, "results", `${options.isQuick ? "quick" : "full"}.json`));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ machine, seconds, isQuick: options.isQuick, rows }, undefined, 2)}\n`);
}

function createContext({ isQuick, product, profiles, rounds }: Options, scratch: string): Context {
  return {
    product: product === undefined ? buildProduct(scratch) : resolve(product),
    folder: scratch,
    isQuick,
    rounds: rounds ?? (isQuick ? 1 : 5),
    seconds: (full) => (isQuick ? full * 0.4 : full),
    profiles: profiles === undefined ? undefined : resolve(profiles),
  };
}

async function measure(context: Context, { only }: Options): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const group of groups) {
    const isNamed = only.some((part) => group.name.includes(part));
    if (!isNamed && (only.length > 0 || group.isOnDemand === true)) continue;
    const begun = performance.now();
    try {
      for await (const row of group.run(context)) {
        rows.push(row);
        process.stderr.write(`${row.name}: ${row.measured}${row.floor === undefined ? "" : ` — ${row.floor}`}\n`);
      }
    } catch (error) {
      rows.push(failed(group, error));
      console.error(error);
    }
    process.stderr.write(`(${group.name} took ${Math.round((performance.now() - begun) / 1000)} s)\n`);
  }
  return rows;
}

/** One row that cannot be measured must not cost the others. */
function failed({ name }: Group, error: unknown): Row {
  return skipped(name, name, `it failed: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
}
