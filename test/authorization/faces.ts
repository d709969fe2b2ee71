import {
  Client,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from "@modelcontextprotocol/client";
import type { Operation } from "../../src/core/operation.ts";
import { routes } from "../../src/faces/http/routes.ts";
import { tools } from "../../src/faces/mcp/tools.ts";
import { bearer } from "../support/credentials.ts";
import { json } from "../support/face.ts";

/** What a face said, in words that all of them share. */
export interface Said {
  /** `ok`, or the code of the refusal. */
  readonly code: string;
  /** The whole answer. */
  readonly text: string;
}

/** One way in, for the holder of one credential. */
export interface WayIn {
  call(operation: Operation, input: Record<string, unknown>): Promise<Said>;
  close(): Promise<void>;
}

export const faceNames = ["the HTTP API", "MCP over Streamable HTTP", "MCP over HTTP+SSE"] as const;
export type FaceName = (typeof faceNames)[number];

/** Whether the face has the operation at all. */
export const has = (face: FaceName, operation: Operation): boolean =>
  face === "the HTTP API"
    ? routes.some((route) => route.operation === operation)
    : tools.some((tool) => tool.operation === operation);

export function enter(face: FaceName, url: string, token: string): Promise<WayIn> {
  const requestInit = { headers: bearer(token) };
  switch (face) {
    case "the HTTP API":
      return Promise.resolve(overHttp(url, token));
    case "MCP over Streamable HTTP":
      return overMcp(new StreamableHTTPClientTransport(new URL("/mcp", url), { requestInit }));
    case "MCP over HTTP+SSE":
      return overMcp(new SSEClientTransport(new URL("/sse", url), { requestInit }));
  }
}

function overHttp(url: string, token: string): WayIn {
  return {
    async call(operation, input) {
      const route = routes.find((one) => one.operation === operation);
      if (route === undefined) throw new Error(`no route for ${operation.name}`);
      const path = route.path.replace(":id", String(input["id"]));
      const search = new URLSearchParams(Object.entries(input).map(([key, value]) => [key, String(value)]));
      const target = route.method === "GET" ? `${url}${path}?${search}` : `${url}${path}`;
      const body = route.method === "GET" ? {} : { body: JSON.stringify(input) };
      const response = await fetch(target, {
        method: route.method,
        headers: { ...json, ...bearer(token), "claude-bridge-agent": "me" },
        ...body,
      });
      const text = await response.text();
      return { code: response.ok ? "ok" : (JSON.parse(text) as { code: string }).code, text };
    },
    close: () => Promise.resolve(),
  };
}

async function overMcp(transport: Transport): Promise<WayIn> {
  const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode: "legacy" } });
  await client.connect(transport);
  return {
    async call({ name }, input) {
      const { content, isError } = await client.callTool({ name: `bridge_${name}`, arguments: input });
      const text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
      return { code: isError === true ? (/^([a-z_]+): /.exec(text)?.[1] ?? "invalid_input") : "ok", text };
    },
    close: () => client.close(),
  };
}
