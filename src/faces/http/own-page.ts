import type { IncomingMessage } from "node:http";
import { BridgeError } from "../../core/errors.ts";

type Asking = Pick<IncomingMessage, "method" | "headers">;

/**
 * A cookie goes with whatever a browser asks of the bridge, whoever made it ask: another site, where `SameSite` does not
 * hold, or a program on another port of this machine, which is of the same site. So it counts for a change only when
 * the browser says that the request is from our own page; `outerHost` is what a trusted proxy says that it is called. Origins that may read across (`--cors-origins`) never count.
 */
export function isFromOwnPage({ method, headers }: Asking, outerHost?: string): boolean {
  const { origin, "sec-fetch-site": site } = headers;
  const host = outerHost ?? headers.host;
  const isOwnOrigin = host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  if (origin !== undefined && !isOwnOrigin) return false;
  // Browsers send it only to addresses that they trust: https, and this machine.
  if (site !== undefined) return site === "same-origin" || (site === "none" && isRead(method));
  return isOwnOrigin || isRead(method);
}

/** @throws BridgeError `origin_not_allowed`. */
export function requireOwnPage(request: Asking, outerHost?: string): void {
  if (isFromOwnPage(request, outerHost)) return;
  const message = "a browser's session counts for requests of the bridge's own page only";
  throw new BridgeError("origin_not_allowed", message, { field: "Origin" });
}

const isRead = (method: string | undefined) => method === "GET" || method === "HEAD";
