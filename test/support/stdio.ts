import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { bin } from "../real-clients/product.ts";
import type { RemoteBridge } from "../../src/testing/face-contract.ts";
import { type Era, overMcp } from "./connect.ts";

/** The packed product as a child process, with a database of its own. */
export async function overStdio(era: Era): Promise<RemoteBridge> {
  const folder = await mkdtemp(join(tmpdir(), "bridge-stdio-"));
  const args = [bin, "--stdio", "--log-level", "error", "--db", join(folder, "bridge.db")];
  const transport = new StdioClientTransport({ command: process.execPath, args, stderr: "inherit" });
  return overMcp(transport, era, () => rm(folder, { recursive: true, force: true }));
}
