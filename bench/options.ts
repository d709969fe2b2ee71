import { parseArgs } from "node:util";

export interface Options {
  readonly isHelp: boolean;
  readonly isQuick: boolean;
  /** The table replaces that of docs/benchmarks.md. */
  readonly isPublished: boolean;
  /** Groups whose names have one of these in them; all when it is empty. */
  readonly only: readonly string[];
  /** Where the figures go. */
  readonly json: string | undefined;
  /** A built package to measure instead of this repository's sources. */
  readonly product: string | undefined;
  readonly profiles: string | undefined;
  readonly rounds: number | undefined;
}

export const usage = `npm run bench -- [options]
  --quick            one round of short windows, under 90 s
  --only <a,b>       the groups whose names have one of these in them
  --rounds <n>       instead of 5, or 1 with --quick
  --publish          put the table into docs/benchmarks.md
  --json <file>      where the figures go, instead of .cache/bench/results
  --product <folder> measure this built package instead of the sources
  --cpu-prof <folder> leave the relays' CPU profiles there`;

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      publish: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      json: { type: "string" },
      product: { type: "string" },
      "cpu-prof": { type: "string" },
      rounds: { type: "string" },
    },
  });
  return {
    isHelp: values.help,
    isQuick: values.quick,
    isPublished: values.publish,
    only: values.only.split(",").filter((part) => part !== ""),
    json: values.json,
    product: values.product,
    profiles: values["cpu-prof"],
    rounds: values.rounds === undefined ? undefined : Number(values.rounds),
  };
}
