import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import type { RemoteBridge } from "../../src/testing/face-contract.ts";
import { bin } from "../real-clients/product.ts";
import { type Era, overMcp } from "./connect.ts";
import { serve } from "./face.ts";

export interface ShimProcess {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The packed product beside an agent, with nothing of this machine's own around it. */
export function shimTransport(
  folder: string,
  args: readonly string[],
  { cwd = folder, env: more = {} }: ShimProcess = {},
): StdioClientTransport {
  const env = { ...more, HOME: folder, XDG_STATE_HOME: join(folder, "state") };
  const command = { command: process.execPath, args: [bin, "mcp", "--log-level", "error", ...args] };
  return new StdioClientTransport({ ...command, env, cwd, stderr: "inherit" });
}

export async function overShim(era: Era): Promise<RemoteBridge> {
  const folder = await mkdtemp(join(tmpdir(), "bridge-shim-"));
  const { url, close } = await serve();
  return overMcp(shimTransport(folder, ["--url", url]), era, async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });
}

export interface Agent {
  call(tool: string, args?: Record<string, unknown>, signal?: AbortSignal): Promise<string>;
  tools(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** An agent's client with this process beside it. */
export async function startAgent(transport: StdioClientTransport): Promise<Agent> {
  const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode: "legacy" } });
  await client.connect(transport);
  return {
    async call(tool, args = {}, signal) {
      const request = { name: `bridge_${tool}`, arguments: args };
      const { content } = await client.callTool(request, signal === undefined ? {} : { signal });
      return content.map((part) => (part.type === "text" ? part.text : "")).join("");
    },
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    close: () => client.close(),
  };
}
