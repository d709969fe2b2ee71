import type { IncomingMessage } from "node:http";
import { BridgeError } from "../../core/errors.ts";

/**
 * A cookie goes with whatever a browser asks of the bridge, whoever made it ask: another site, where `SameSite` does not
 * hold, or a program on another port of this machine, which is of the same site. So it counts for a change only when
 * the browser says that the request is from our own page. Origins that may read across (`--cors-origins`) never count.
 */
export function isFromOwnPage({ method, headers }: Pick<IncomingMessage, "method" | "headers">): boolean {
  const { origin, host, "sec-fetch-site": site } = headers;
  const isOwnOrigin = host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  if (origin !== undefined && !isOwnOrigin) return false;
  // Browsers send it only to addresses that they trust: https, and this machine.
  if (site !== undefined) return site === "same-origin" || (site === "none" && isRead(method));
  return isOwnOrigin || isRead(method);
}

/** @throws BridgeError `origin_not_allowed`. */
export function requireOwnPage(request: Pick<IncomingMessage, "method" | "headers">): void {
  if (isFromOwnPage(request)) return;
  const message = "a browser's session counts for requests of the bridge's own page only";
  throw new BridgeError("origin_not_allowed", message, { field: "Origin" });
}

const isRead = (method: string | undefined) => method === "GET" || method === "HEAD";
