import { createHash, timingSafeEqual } from "node:crypto";
import { BridgeError } from "../../core/errors.ts";
import { localOperator, type Principal, tokenHolder } from "../../core/principal.ts";

export interface Credentials {
  readonly authorization: string | undefined;
  /** From the URL: for EventSource, which cannot send headers. It does not mend a header that is wrong. */
  readonly queryToken?: string | undefined;
}

/**
 * Who a request is from. Without a token configured, whoever can reach the bridge is its operator.
 *
 * @throws BridgeError `unauthorized`.
 */
export type Authenticate = (credentials: Credentials) => Principal;

export function createAuthenticate(token: string | undefined): Authenticate {
  if (token === undefined) return () => localOperator;
  const expected = digest(token);
  return ({ authorization, queryToken }) => {
    const given = authorization === undefined ? queryToken : bearer(authorization);
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return tokenHolder;
    throw new BridgeError("unauthorized", "unauthorized");
  };
}

/** Digests have one length, so comparing them says nothing about the token's. */
const digest = (text: string) => createHash("sha256").update(text).digest();

/** The scheme's case does not matter (RFC 9110, section 11.1). */
const bearer = (header: string) => /^bearer +(.+)$/i.exec(header)?.[1]?.trim();
