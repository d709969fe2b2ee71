import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { type JSONRPCMessage, parseJSONRPCMessage, type Transport } from "@modelcontextprotocol/server";
import type { Bridge, Caller } from "../../core/bridge.ts";
import { BridgeError } from "../../core/errors.ts";
import { maxUnreadBytes } from "../../core/limits.ts";
import { createGate } from "../../core/gate.ts";
import type { Principal } from "../../core/principal.ts";
import type { BridgeHost } from "./bridge-host.ts";
import { createDeliveries, type Deliveries } from "./deliveries.ts";
import { createMcpServer, type McpCaller } from "./server.ts";
import { createUnanswered, type Unanswered } from "./unanswered.ts";

/** MCP's first HTTP transport (2024-11-05): answers go over a stream that stays open, requests are posted beside it. */
export interface Sessions {
  open(response: ServerResponse, caller: Pick<Caller, "principal" | "address" | "agent">): Promise<void>;
  /** @throws BridgeError `not_found`, `invalid_input`. */
  post(sessionId: string, message: unknown, principal: Principal): Promise<void>;
  close(): Promise<void>;
}

const heartbeatMs = 15_000;
const retryMs = 300;

interface Session {
  readonly principal: Principal;
  readonly transport: Transport;
  readonly unanswered: Unanswered;
}

/** How long the answers to what a revocation has cut short may take. */
const revokedMs = 1_000;

export function createSessions(bridge: Bridge, host: BridgeHost, onError: (error: Error) => void): Sessions {
  const sessions = new Map<string, Session>();
  const gate = createGate(() => bridge.caps().maxSessions, "limit_reached");

  return {
    async open(response, { principal, address, agent }) {
      const leave = gate.enter("too many MCP sessions are open; close one, or use /mcp, which needs none");
      // A session id proves nothing: whoever posts to it must be the same principal. Still it is unguessable.
      const sessionId = randomBytes(16).toString("hex");
      const unanswered = createUnanswered();
      const callers = new Map<readonly string[], Caller>();
      const deliveries = createDeliveries((carried) => {
        const caller = callers.get(carried);
        callers.delete(carried);
        if (caller !== undefined) host.delivered(carried, caller);
      });
      const transport = createTransport({ response, sessionId, unanswered, deliveries });
      sessions.set(sessionId, { principal, transport, unanswered });
      const unwatch = bridge.revocations.watch(principal, () => {
        sessions.delete(sessionId);
        // Its calls are ended too; a client that does not hear of it would wait for them for ever.
        unanswered.whenNone(revokedMs, () => void transport.close());
      });
      response.once("close", () => {
        unwatch();
        sessions.delete(sessionId);
        leave();
        void transport.close();
      });
      const answered: McpCaller["answered"] = (call, carried, caller) => {
        if (carried.length > 0) callers.set(carried, caller);
        deliveries.answered(call, carried);
      };
      const server = createMcpServer(host, { principal, address, agent, answered });
      server.onerror = onError;
      await server.connect(transport);
    },

    async post(sessionId, message, principal) {
      const session = sessions.get(sessionId);
      if (session === undefined || !isSame(session.principal, principal)) {
        throw new BridgeError("not_found", "Could not find session");
      }
      const parsed = parseMessage(message);
      session.unanswered.received(parsed);
      session.transport.onmessage?.(parsed);
    },

    async close() {
      await Promise.all([...sessions.values()].map(({ transport }) => transport.close()));
    },
  };
}

/** Also by credential: another of the same principal may have other rights than the one that opened the session. */
const isSame = (one: Principal, other: Principal) => one.id === other.id && one.credential === other.credential;

function parseMessage(message: unknown): JSONRPCMessage {
  try {
    return parseJSONRPCMessage(message);
  } catch (cause) {
    throw new BridgeError("invalid_input", "Could not parse message", { cause });
  }
}

interface TransportParts {
  readonly response: ServerResponse;
  readonly sessionId: string;
  readonly unanswered: Unanswered;
  readonly deliveries: Deliveries;
}

function createTransport({ response, sessionId, unanswered, deliveries }: TransportParts): Transport {
  let heartbeat: NodeJS.Timeout | undefined;
  let closed = false;
  const transport: Transport = {
    sessionId,
    async start() {
      response.writeHead(200, {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store, no-transform",
        Connection: "keep-alive",
        "X-Accel-Buffering": "no",
      });
      // With `retry`, a client that loses us looks again soon: until it does, it has no session to post to.
      response.write(`retry: ${retryMs}\r\nevent: endpoint\r\ndata: /messages/?session_id=${sessionId}\r\n\r\n`);
      heartbeat = setInterval(() => response.write(": ping\r\n\r\n"), heartbeatMs);
    },
    async send(message: JSONRPCMessage) {
      if (closed) return;
      response.write(`event: message\r\ndata: ${JSON.stringify(message)}\r\n\r\n`, (error) => {
        if (error === null || error === undefined) deliveries.sent(message);
      });
      unanswered.sent(message);
      if (response.writableLength > maxUnreadBytes) response.destroy();
    },
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(heartbeat);
      response.end();
      transport.onclose?.();
    },
  };
  return transport;
}
