import type { AuditSource } from "./audit.ts";
import type { Principal } from "./principal.ts";

/** Browsers that are signed in. A face keeps the cookie in the browser; what it is worth is known here. */
export interface BrowserSessions {
  /** Whose cookie it is; undefined for one that is wrong or over. From memory. */
  of(cookie: string): OpenSession | undefined;
  /**
   * Opens a session for whoever a credential of the request has proved, with the same rights. It ends with that
   * credential, and the one that the browser had ends now.
   *
   * @throws BridgeError `forbidden`, `limit_reached`.
   */
  openFor(principal: Principal, browser: Browser): Promise<OpenedSession>;
  /**
   * Opens one with the code of a sign-in link, or with a person's join code and a name.
   *
   * @throws BridgeError `unauthorized`, `invalid_input`, `conflict`, `limit_reached`.
   */
  openWith(
    code: { readonly code: string; readonly name?: string | undefined },
    browser: Browser,
  ): Promise<OpenedSession>;
  /** Signs out. */
  end(cookie: string, address: string | undefined): Promise<void>;
  list(): readonly SessionRow[];
  /** @throws BridgeError `not_found`. */
  revoke(id: string, source: AuditSource): Promise<SessionRow>;
  /**
   * A code that signs a browser in, once: for the person of that name with the rights that they have, or for the
   * bridge's operator, `you`, with those of whoever asks.
   *
   * @throws BridgeError `not_found`, `limit_reached`.
   */
  signInLink(
    name: string | undefined,
    by: { readonly principal: Principal; readonly source: AuditSource },
  ): Promise<{ readonly code: string; readonly expiresAt: number }>;
}

/** Where a session is, as the browser's request tells. */
export interface Browser {
  readonly address?: string | undefined;
  /** What it says of itself. */
  readonly name?: string | undefined;
  /** The cookie that it had. */
  readonly cookie?: string | undefined;
}

export interface OpenSession {
  readonly principal: Principal;
  /** When it ends if it is not used, in milliseconds since the Unix epoch. */
  readonly expiresAt: number;
}

export interface OpenedSession extends OpenSession {
  /** The secret, for this browser only. */
  readonly cookie: string;
  /** When it ends however much it is used. */
  readonly until: number;
}

export interface SessionRow {
  readonly id: string;
  readonly principal: Pick<Principal, "id" | "kind" | "name">;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  readonly address?: string | undefined;
  readonly browser?: string | undefined;
}
