import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Bridge } from "../../core/bridge.ts";
import { localOperator } from "../../core/principal.ts";
import { createMcpServer } from "./server.ts";

export interface McpStdioOptions {
  readonly bridge: Bridge;
  readonly onError?: (error: Error) => void;
}

export interface McpStdio {
  /** Resolves when the client has closed its end. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * MCP over this process's standard input and output, on which nothing else may be written. Whoever started the
 * process has its files already, so there is no credential to check.
 */
export function serveMcpStdio({ bridge, onError = () => undefined }: McpStdioOptions): McpStdio {
  const closed = new Promise<void>((resolve) => {
    process.stdin.once("end", resolve);
    process.stdin.once("close", resolve);
  });
  const handle = serveStdio(() => createMcpServer(bridge, { principal: localOperator }), { onerror: onError });
  return { closed, close: () => handle.close() };
}
