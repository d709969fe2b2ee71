import { isIP, isIPv4 } from "node:net";
import { hostname } from "node:os";
import { BridgeError } from "../../core/errors.ts";
import { forwardedValues } from "./forwarded.ts";

/**
 * The browser boundary. A page on the web can make a browser call a bridge on its user's machine: by a
 * cross-origin request, or by a DNS name of its own that suddenly means 127.0.0.1. So every request must name
 * a host that is ours, and a request that has an Origin must come from our own pages or a listed one.
 */
export interface Boundary {
  /** Beside our own: names, `*.name` for every name below it. Ports do not count. */
  readonly trustedHosts: readonly string[];
  /** Whole origins, as browsers send them: `https://dash.example`. */
  readonly corsOrigins: readonly string[];
  /** The bridge listens beyond loopback, so it also answers to this machine's name and to bare addresses. */
  readonly isPublic: boolean;
}

/** @throws BridgeError `host_not_allowed`. */
export function checkHost({ trustedHosts, isPublic }: Boundary, header: string | undefined): void {
  const host = nameIn(header ?? "");
  if (host !== undefined && (isLoopback(host) || (isPublic && isOurs(host)) || isTrusted(trustedHosts, host))) return;
  throw new BridgeError("host_not_allowed", "invalid host header", { field: "Host" });
}

/** The name or address in a Host header, without port, brackets and case; undefined when it is none. */
function nameIn(header: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header);
  return (match?.[1] ?? match?.[2])?.toLowerCase().replace(/\.$/, "");
}

export function isLoopback(host: string): boolean {
  const address = host.replace(/^::ffff:/i, "");
  return address === "localhost" || address === "::1" || (isIPv4(address) && address.startsWith("127."));
}

/** An address cannot be rebound: a page that is served from it is ours already. */
function isOurs(host: string): boolean {
  const name = hostname().toLowerCase();
  return isIP(host) > 0 || host === name || host === `${name}.local`;
}

function isTrusted(trustedHosts: readonly string[], host: string): boolean {
  return trustedHosts.some((trusted) =>
    trusted.startsWith("*.") ? host.endsWith(trusted.slice(1).toLowerCase()) : host === trusted.toLowerCase(),
  );
}

/**
 * Whether the origin is a listed one, which gets CORS headers, or our own page, which needs none.
 *
 * @throws BridgeError `origin_not_allowed`.
 */
export function checkOrigin({ corsOrigins }: Boundary, origin: string | undefined, host: string | undefined) {
  if (origin === undefined) return "none";
  if (corsOrigins.includes(origin)) return "listed";
  if (host !== undefined && /^https?:\/\//.test(origin) && origin.replace(/^https?:\/\//, "") === host) return "own";
  throw new BridgeError("origin_not_allowed", "origin not allowed", { field: "Origin" });
}

/**
 * Whether a proxy has brought the request from another machine. A proxy on this machine makes a bridge that listens on
 * loopback reachable from elsewhere, and names its clients in headers. Headers can lie only to be refused: a proxy adds
 * the address that it sees to what the client says.
 */
export function isForwarded(header: (name: string) => string | undefined): boolean {
  if (!forwarding.some((name) => header(name) !== undefined)) return false;
  const clients = [header("x-forwarded-for"), header("x-real-ip"), ...forwardedValues(header("forwarded"), "for")]
    .flatMap((list) => list?.split(",") ?? [])
    .map((client) => nameIn(client.trim()) ?? client.trim());
  return !clients.every((client) => isLoopback(client));
}

const forwarding = ["x-forwarded-for", "x-real-ip", "forwarded"];

/** What a listed origin may do. */
export const corsHeaders = (origin: string): Record<string, string> => ({
  "Access-Control-Allow-Origin": origin,
  "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
  "Access-Control-Allow-Headers":
    "Authorization, Claude-Bridge-Agent, Content-Type, Last-Event-ID, Mcp-Session-Id, Mcp-Protocol-Version, Mcp-Method, Mcp-Name",
  "Access-Control-Expose-Headers": "Claude-Bridge-Cursor, Claude-Bridge-Receipts, Mcp-Session-Id, Retry-After",
  "Access-Control-Max-Age": "600",
  Vary: "Origin",
});

/** On every answer. The page and its files come from us alone; nothing may frame or sniff them. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy": [
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:",
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    // No text of a message can become code: what would make it so refuses text.
    "require-trusted-types-for 'script'; trusted-types claude-bridge",
  ].join("; "),
};
