import type { ServerResponse } from "node:http";
import type { Bridge, Caller } from "../../core/bridge.ts";
import type { Principal } from "../../core/principal.ts";
import type { Boundary } from "./boundary.ts";

export interface HttpFaceOptions {
  readonly bridge: Bridge;
  readonly boundary: Boundary;
  /** Addresses and ranges of proxies whose forwarding headers count; none when absent. */
  readonly trustedProxies?: readonly string[];
  /** The folder of the built dashboard, which is served at `/`; without one there is none. */
  readonly dashboard?: string | undefined;
  readonly log: Log;
  readonly tls?: TlsPair | undefined;
  readonly mcp: MountedMcp;
  /** Reads the limits again; what `POST /api/admin/reload` does. */
  readonly reload?: (() => void) | undefined;
}

/** A certificate, with those that lead to it, and its private key, as PEM. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

/** The part of pino that the face writes to. It is never given a URL's query: tokens may stand there. */
export interface Log {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
  debug(details: object, message: string): void;
}

export interface McpRequestCaller extends Caller {
  /** Calls `then` when the whole response has left this process, and never if its client has gone before. */
  readonly whenSent: (then: () => void) => void;
}

/** MCP's two HTTP transports, as the HTTP face mounts them behind its own checks. */
export interface MountedMcp {
  /** Streamable HTTP: one request, one answer. */
  handle(request: Request, body: unknown, caller: McpRequestCaller): Promise<Response>;
  sessions: MountedSessions;
  close(): Promise<void>;
}

/** HTTP+SSE: a stream that stays open, and a place to post to it. */
export interface MountedSessions {
  /** Writes the stream's head and its first event; the session ends with the response. */
  open(response: ServerResponse, caller: Caller): Promise<void>;
  /**
   * Hands a message to a session of the same principal.
   *
   * @throws BridgeError `not_found`.
   */
  post(sessionId: string, message: unknown, principal: Principal): Promise<void>;
}
