import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type Agent, openStdioAgent } from "../load/agents.ts";
import type { Context } from "./context.ts";
import { type Program, startProduct } from "./process.ts";

/** An agent whose client has the product's process beside it. */
export interface AgentWithShim extends Agent, AsyncDisposable {
  readonly name: string;
  /** Another program of the session, in the same folder. */
  start(...args: readonly string[]): Program;
}

export interface ShimOptions {
  /** The folder's name, which is the agent's. */
  readonly name: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** `claude-bridge mcp` in a folder and a home of its own. */
export async function startShim(context: Context, { name, port, env = {} }: ShimOptions): Promise<AgentWithShim> {
  const folder = join(context.folder, name);
  mkdirSync(folder, { recursive: true });
  const own = { ...context, folder };
  const shim = startProduct(own, ["mcp", "--url", `http://127.0.0.1:${port}`, "--log-level", "error"], { env });
  const agent = await openStdioAgent(shim);
  return {
    ...agent,
    name: basename(folder),
    start: (...args) => startProduct(own, args),
    [Symbol.asyncDispose]: () => shim[Symbol.asyncDispose](),
  };
}
