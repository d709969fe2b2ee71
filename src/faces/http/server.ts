import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { headersTimeoutMs, maxHeaderBytes, requestTimeoutMs } from "../../core/limits.ts";
import { createHttpApp } from "./app.ts";
import { securityHeaders } from "./boundary.ts";
import { createGuard } from "./guard.ts";
import { createHeartbeat } from "./heartbeat.ts";
import type { HttpFaceOptions, TlsPair } from "./options.ts";
import { createPosts } from "./posts.ts";

export type { HttpFaceOptions, Log, TlsPair } from "./options.ts";

export interface HttpFace {
  /** Rejects with Node's error, such as `EADDRINUSE`. */
  listen(host: string, port: number): Promise<{ port: number }>;
  /** Gives new connections this certificate; those that are open keep theirs. Only for a face that was made with TLS. */
  setTls(pair: TlsPair): void;
  /** Takes no new connection, lets requests in flight finish, and cuts what is open after `graceMs`. */
  close(): Promise<void>;
}

/** How long requests may still run when the face closes; streams have been ended by then. */
const graceMs = 2_000;

const idleLookMs = 20;

const limits: ServerOptions = {
  maxHeaderSize: maxHeaderBytes,
  headersTimeout: headersTimeoutMs,
  requestTimeout: requestTimeoutMs,
  connectionsCheckingInterval: 2_000,
  // Node would refuse a request without Host in its own words, with an empty body; we refuse it in ours.
  requireHostHeader: false,
};

export function createHttpFace(options: HttpFaceOptions): HttpFace {
  const heartbeat = createHeartbeat(options.bridge.clock);
  const guard = createGuard(options);
  const posts = createPosts(options, guard);
  const app = createHttpApp(options, guard, heartbeat);
  const listener = getRequestListener(app.fetch, { errorHandler: badRequest, overrideGlobalObjects: false });
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    if (!posts(request, response)) void listener(request, response);
  };
  const tlsServer = options.tls === undefined ? undefined : createTlsServer({ ...limits, ...options.tls }, onRequest);
  const server: Server = tlsServer ?? createServer(limits, onRequest);
  server.on("clientError", refuseMalformed);

  return {
    async listen(host, port) {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          resolve();
        });
      });
      return { port: (server.address() as AddressInfo).port };
    },

    setTls: (pair) => tlsServer?.setSecureContext(pair),

    async close() {
      heartbeat.close();
      // What the bridge has answered as it closed is written in this turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      await options.mcp.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection whose stream or request ends from now on is idle, and would be kept for its next request.
      const idle = setInterval(() => server.closeIdleConnections(), idleLookMs);
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(idle);
      clearTimeout(cut);
    },
  };
}

const malformed = JSON.stringify({ error: "malformed HTTP request", code: "invalid_input" });

/** For a target or a Host that makes no URL. A new one each time: a response is read once. */
const badRequest = () =>
  new Response(malformed, { status: 400, headers: { ...securityHeaders, "Content-Type": "application/json" } });

/** What Node's parser refuses never becomes a request: the answer is written on the bare socket. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy() && undefined;
  const [status, body] = reasons[error.code ?? ""] ?? ["400 Bad Request", malformed];
  const headers = Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers.join("")}\r\n${body}`,
  );
}

const reasons: Readonly<Record<string, readonly [status: string, body: string]>> = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    reason(`headers exceed ${maxHeaderBytes} bytes`, "too_large"),
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", reason("the request took too long to arrive", "invalid_input")],
  HPE_INVALID_CONTENT_LENGTH: ["400 Bad Request", reason("invalid content-length", "invalid_input")],
  HPE_UNEXPECTED_CONTENT_LENGTH: ["400 Bad Request", reason("invalid content-length", "invalid_input")],
};

function reason(error: string, code: string): string {
  return JSON.stringify({ error, code });
}
