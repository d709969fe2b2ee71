import type { IncomingMessage } from "node:http";
import type { Credentials } from "../../core/access.ts";
import { BridgeError } from "../../core/errors.ts";
import { newcomer, type Principal } from "../../core/principal.ts";
import type { Via } from "../../core/provenance.ts";
import { checkHost, checkOrigin, corsHeaders, securityHeaders } from "./boundary.ts";
import { agentIn } from "./agent-header.ts";
import { credentialsIn } from "./credentials.ts";
import { clientAddress, forwardedHost, isSecure, trustProxies } from "./forwarded.ts";
import type { HttpFaceOptions } from "./options.ts";
import { requireOwnPage } from "./own-page.ts";

/** Names and values in turn, as Node writes them fastest. */
export type HeaderList = readonly string[];

/** What every answer has, whatever else it says. */
export const everywhere: HeaderList = Object.entries(securityHeaders).flat();

/** What is checked before anything is done for a request, wherever it goes. */
export interface Guard {
  /**
   * Host, then Origin. Returns the headers that the answer to this request has.
   *
   * @throws BridgeError `host_not_allowed`, `origin_not_allowed`.
   */
  admit(request: IncomingMessage): HeaderList;
  /**
   * Who asks, and by which way: `web` is what a signed-in page asks.
   *
   * @throws BridgeError `unauthorized`, `forbidden`, and `origin_not_allowed` for a session on a page of somebody else.
   */
  identify(request: IncomingMessage, queryToken?: string): Identified;
  /** @throws BridgeError `origin_not_allowed` when a browser asks, and not for a page of ours. */
  requireOwnPage(request: IncomingMessage): void;
  /** Where it came from, as far as that is known (`forwarded.ts`). */
  addressOf(request: IncomingMessage): string;
  /** Whether nobody can read it on its way from the client. */
  isSecure(request: IncomingMessage): boolean;
}

export interface Identified {
  readonly principal: Principal;
  readonly via: Via;
  /** Which of the principal's agents it says that it is. */
  readonly agent?: string | undefined;
}

type GuardOptions = Pick<HttpFaceOptions, "boundary" | "bridge" | "trustedProxies">;

export function createGuard({ boundary, bridge, trustedProxies = [] }: GuardOptions): Guard {
  const { sessions } = bridge.access;
  const trusted = trustProxies(trustedProxies);
  const addressOf = (request: IncomingMessage) => clientAddress(request, trusted);

  const requireOurs = (request: IncomingMessage) => requireOwnPage(request, forwardedHost(request, trusted));

  /** Whether a session speaks for the request: a credential that is given too comes first. */
  const isSignedIn = (request: IncomingMessage, { cookie, bearer, queryToken }: Credentials) =>
    cookie !== undefined &&
    bearer === undefined &&
    queryToken === undefined &&
    takesSession(request) &&
    sessions.of(cookie) !== undefined;

  return {
    admit(request) {
      const [host, origin] = [onlyHeader(request, "host"), onlyHeader(request, "origin")];
      checkHost(boundary, host);
      const outerHost = forwardedHost(request, trusted);
      if (outerHost !== undefined) checkHost(boundary, outerHost);
      const isListed = checkOrigin(boundary, origin, outerHost ?? host) === "listed";
      return isListed && origin !== undefined
        ? [...everywhere, ...Object.entries(corsHeaders(origin)).flat()]
        : everywhere;
    },
    identify(request, queryToken) {
      // Whoever joins has no credential yet, and the code is asked for instead.
      if (/^\/api\/join(?:\?|$)/.test(request.url ?? "")) return { principal: newcomer, via: "http" };
      const agent = agentIn(request);
      const { cookie, ...others } = credentialsIn(request, addressOf(request), queryToken);
      if (!isSignedIn(request, { cookie, ...others }))
        return { principal: bridge.access.authenticate(others), via: "http", agent };
      requireOurs(request);
      return { principal: bridge.access.authenticate({ cookie, ...others }), via: "web", agent };
    },
    requireOwnPage: requireOurs,
    addressOf,
    isSecure: (request) => isSecure(request, trusted),
  };
}

/** A page asks the API and reads events. MCP clients have tokens, so over MCP a cookie is of somebody else's page. */
const takesSession = ({ url = "" }: IncomingMessage) => /^\/(?:api|events)(?:[/?]|$)/.test(url);

/** A header that is there once. Sent twice, two readers could each believe another. */
function onlyHeader({ headers, rawHeaders }: IncomingMessage, name: "host" | "origin"): string | undefined {
  if (headers[name] === undefined) return undefined;
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const given = rawHeaders[at];
    if (given?.length === name.length && given.toLowerCase() === name) count += 1;
  }
  if (count > 1)
    throw new BridgeError(name === "host" ? "host_not_allowed" : "origin_not_allowed", `duplicate ${name} header`);
  return headers[name];
}
