import { contentLength, post } from "./requests.ts";

const clientInfo = { name: "bench", version: "0" };

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo },
};

/** What a client of the handshake era says before its first call; the answer has the id 1. */
export const handshake: readonly object[] = [initialize, { jsonrpc: "2.0", method: "notifications/initialized" }];

/** The handshake, and the question whose answer has the id 2. */
export const toolsList: readonly object[] = [...handshake, { jsonrpc: "2.0", id: 2, method: "tools/list" }];

const callOf = (connection: number) => ({
  name: "bridge_send",
  arguments: { channel: `bench:${connection % 8}`, sender: `agent-${connection}`, content: "x".repeat(contentLength) },
});

export const toolCall = (id: number, connection: number) => callTo(id, callOf(connection));

/** Of any tool. */
export const callTo = (id: number, params: { readonly name: string; readonly arguments: object }) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params,
});

const accept = { Accept: "application/json, text/event-stream" };

/** A call over Streamable HTTP, as clients of 2025-11-25 make it. */
export const call2025 = (connection: number): Buffer => post2025(toolCall(7, connection));

/** Of an agent that says who it is, where one is named. */
export const post2025 = (message: object, agent?: string): Buffer =>
  post("/mcp", message, {
    ...accept,
    "MCP-Protocol-Version": "2025-11-25",
    ...(agent === undefined ? {} : { "Claude-Bridge-Agent": agent }),
  });

/** As clients of 2026-07-28 make it: no handshake went before, so each call says who calls. */
export function call2026(connection: number): Buffer {
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": clientInfo,
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const body = { ...toolCall(7, connection), params: { ...callOf(connection), _meta: meta } };
  return post("/mcp", body, {
    ...accept,
    "MCP-Protocol-Version": "2026-07-28",
    "Mcp-Method": "tools/call",
    "Mcp-Name": "bridge_send",
  });
}
