import type { McpHttp, McpHttpOptions } from "./http.ts";
import type { Sessions } from "./sessions.ts";

/**
 * MCP over HTTP, loaded when the first request for it comes: without the SDK a relay starts sooner, and is smaller
 * for as long as nobody speaks MCP to it.
 */
export function createMcpOnDemand(options: McpHttpOptions): Omit<McpHttp, "sessions"> & {
  readonly sessions: Omit<Sessions, "close">;
} {
  let loading: Promise<McpHttp> | undefined;
  const load = () => (loading ??= import("./http.ts").then(({ createMcpHttp }) => createMcpHttp(options)));
  return {
    handle: async (...request) => (await load()).handle(...request),
    sessions: {
      async open(response, principal) {
        const { sessions } = await load();
        if (!response.destroyed) await sessions.open(response, principal);
      },
      post: async (...message) => (await load()).sessions.post(...message),
    },
    close: async () => (await loading)?.close(),
  };
}
