import { createMcpHandler } from "@modelcontextprotocol/server";
import type { Bridge, Caller } from "../../core/bridge.ts";
import { createCancellations, isInitialize, sessionHeader } from "./cancellations.ts";
import { prefixed, primingEvent, resumedWait } from "./resume.ts";
import { createBridgeHost } from "./bridge-host.ts";
import { createMcpServer, type McpCaller } from "./server.ts";
import { createSessions, type Sessions } from "./sessions.ts";

export interface McpHttp {
  /** Streamable HTTP, 2026-07-28 and the stateless leg for older clients: one request, one answer. */
  handle(request: Request, body: unknown, caller: McpHttpCaller): Promise<Response>;
  /** HTTP+SSE, for clients of the original. */
  readonly sessions: Sessions;
  /** Ends what is in flight. */
  close(): Promise<void>;
}

export interface McpHttpCaller extends Caller {
  /** Calls `then` when the whole response has left this process, and never if its client has gone before. */
  readonly whenSent?: (then: () => void) => void;
}

export interface McpHttpOptions {
  readonly bridge: Bridge;
  /** Called with what went wrong beside an answer; for the log only. */
  readonly onError?: (error: Error) => void;
}

/**
 * No session anywhere: a client that comes back after a restart finds the same bridge, and nobody has to
 * reconnect it. Answers are event streams, so that a long call has its head at once and comments keep it open.
 */
export function createMcpHttp({ bridge, onError = () => undefined }: McpHttpOptions): McpHttp {
  const host = createBridgeHost(bridge, onError);
  const handler = createMcpHandler(({ authInfo }) => createMcpServer(host, callIn(authInfo?.extra)), {
    legacy: "stateless",
    responseMode: "sse",
    onerror: onError,
  });
  const sessions = createSessions(bridge, host, onError);
  const cancellations = createCancellations();

  async function answer(request: Request, body: unknown, asking: McpHttpCaller): Promise<Response> {
    const { principal, address, agent, whenSent } = asking;
    cancellations.observe(request, body);
    const { signal, done } = cancellations.track(request, body);
    const call: McpCaller = {
      principal,
      address,
      agent,
      signal,
      done,
      answered: (_call, carried, caller) => {
        if (carried.length > 0) whenSent?.(() => host.delivered(carried, caller));
      },
    };
    const authInfo = { token: "", clientId: principal.name, scopes: [], extra: { call } };
    const response = await handler.fetch(request, { authInfo, ...(body === undefined ? {} : { parsedBody: body }) });
    if (!response.ok) {
      done();
      return response;
    }
    if (isInitialize(body)) response.headers.set(sessionHeader, crypto.randomUUID());
    const event = primingEvent(request, body, bridge.clock.now());
    return event === undefined ? response : prefixed(response, event);
  }

  return {
    sessions,
    handle(request, body, caller) {
      const resumed = resumedWait(request, bridge.clock.now());
      return resumed === undefined ? answer(request, body, caller) : answer(resumed.request, resumed.body, caller);
    },
    async close() {
      await sessions.close();
      await handler.close();
    },
  };
}

/** The SDK passes our own object through; it never makes one from the request. */
function callIn(extra: Record<string, unknown> | undefined): McpCaller {
  const call = extra?.["call"] as McpCaller | undefined;
  if (call === undefined) throw new Error("an MCP request came without its caller");
  return call;
}
