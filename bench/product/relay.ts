import { join } from "node:path";
import type { Context } from "./context.ts";
import { type Program, type ProgramOptions, startProduct } from "./process.ts";

export interface Relay extends Program {
  readonly port: number;
  readonly db: string;
}

export interface RelayOptions extends ProgramOptions {
  /** The database; a new one where none is named. */
  readonly db?: string;
}

/** Wide enough for every row; they change nothing but how many are let in. */
const limits = {
  CLAUDE_BRIDGE_MAX_SSE: "20000",
  CLAUDE_BRIDGE_MAX_SSE_PER_CHANNEL: "20000",
  CLAUDE_BRIDGE_SSE_REPLAY_LIMIT: "10000",
  CLAUDE_BRIDGE_MAX_WAITS: "20000",
};

let made = 0;

/** A relay in a process of its own, on a free port of loopback. */
export async function startRelay(context: Context, options: RelayOptions = {}): Promise<Relay> {
  made += 1;
  const db = options.db ?? join(context.folder, `bridge-${made}.db`);
  const profile = context.profiles === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${context.profiles}`];
  const program = startProduct(context, ["--port", "0", "--db", db, "--json"], {
    node: [...profile, ...(options.node ?? [])],
    env: { ...limits, ...options.env },
  });
  const { port } = JSON.parse(await program.line()) as { port: number };
  return { ...program, port, db };
}
