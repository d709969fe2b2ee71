import { InMemoryTransport, SSEClientTransport, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createBridge } from "../src/core/bridge.ts";
import { localOperator } from "../src/core/principal.ts";
import { createMcpServer } from "../src/faces/mcp/server.ts";
import { createMemoryStore } from "../src/stores/memory.ts";
import { openSqliteStore } from "../src/stores/sqlite.ts";
import { describeFace } from "../src/testing/face-contract.ts";
import { inProcess, overHttp, overMcp } from "./support/connect.ts";
import { overClient } from "./support/connect-client.ts";
import { serve } from "./support/face.ts";
import { overShim } from "./support/shim.ts";
import { overStdio } from "./support/stdio.ts";

describeFace("the bridge in process", async () => inProcess(createBridge({ store: createMemoryStore() })));

describeFace("the HTTP API", async () => {
  const { url, close } = await serve();
  return overHttp(url, close);
});

describeFace("the typed client", async () => {
  const { url, close } = await serve();
  return overClient(url, close);
});

describeFace("MCP in memory", async () => {
  const bridge = createBridge({ store: createMemoryStore() });
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  await createMcpServer(bridge, { principal: localOperator }).connect(serverSide);
  return overMcp(clientSide, "legacy", () => bridge.close());
});

describeFace("MCP over Streamable HTTP, 2025-11-25", async () => {
  const { url, close } = await serve();
  return overMcp(new StreamableHTTPClientTransport(new URL("/mcp", url)), "legacy", close);
});

describeFace("MCP over Streamable HTTP, 2026-07-28", async () => {
  const { url, close } = await serve();
  return overMcp(new StreamableHTTPClientTransport(new URL("/mcp", url)), "modern", close);
});

describeFace("MCP over HTTP+SSE", async () => {
  const { url, close } = await serve();
  return overMcp(new SSEClientTransport(new URL("/sse", url)), "legacy", close);
});

describeFace("the HTTP API over SQLite", async () => {
  const { url, close } = await serve({ store: await openSqliteStore({ path: ":memory:" }) });
  return overHttp(url, close);
});

describeFace("MCP over stdio, 2025-11-25", () => overStdio("legacy"));

describeFace("MCP over stdio, 2026-07-28", () => overStdio("modern"));

describeFace("the shim over HTTP, 2025-11-25", () => overShim("legacy"));

describeFace("the shim over HTTP, 2026-07-28", () => overShim("modern"));
