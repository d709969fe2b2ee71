import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { localOperator } from "../../core/principal.ts";
import { createDeliveries } from "./deliveries.ts";
import { createMcpServer } from "./server.ts";
import type { ToolHost } from "./tool-host.ts";

export interface McpStdioOptions {
  readonly host: ToolHost;
  /** Is told of the messages that the pipe has whole, in the answers of tools. */
  readonly onDelivered?: (ids: readonly string[]) => void;
  /** Is told what the client says of itself, where it does. */
  readonly onClient?: (client: { readonly name: string; readonly version: string }) => void;
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
export function serveMcpStdio({ host, onDelivered, onClient, onError = () => undefined }: McpStdioOptions): McpStdio {
  const closed = new Promise<void>((resolve) => {
    process.stdin.once("end", resolve);
    process.stdin.once("close", resolve);
  });
  const deliveries = createDeliveries(onDelivered ?? (() => undefined));
  const caller = { principal: localOperator, answered: deliveries.answered };
  const create = () => {
    const server = createMcpServer(host, caller);
    server.oninitialized = () => {
      const client = server.getClientVersion();
      if (client !== undefined) onClient?.(client);
    };
    return server;
  };
  const handle = serveStdio(create, {
    transport: new TellingTransport(deliveries.sent),
    onerror: onError,
  });
  return { closed, close: () => handle.close() };
}

/** Tells of what the pipe has taken. */
class TellingTransport extends StdioServerTransport {
  readonly #onSent: (message: JSONRPCMessage) => void;

  constructor(onSent: (message: JSONRPCMessage) => void) {
    super();
    this.#onSent = onSent;
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    await super.send(message);
    this.#onSent(message);
  }
}
