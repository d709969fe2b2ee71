import type { AuditSource } from "./audit.ts";
import type { Permission, PrincipalKind } from "./principal.ts";

/** Credentials that prove who their holder is. A token is shown once, when it is made; only its hash is kept. */
export interface Tokens {
  list(): readonly TokenRow[];
  /** @throws BridgeError `not_found`, `conflict`, `invalid_input`, `limit_reached`. */
  create(wanted: NewToken, source: AuditSource): Promise<Issued>;
  /**
   * A second secret for the credential. The one that it has lives on for `graceMs`; one older than that ends now.
   *
   * @throws BridgeError `not_found`, `conflict` when the credential is over.
   */
  rotate(id: string, graceMs: number, source: AuditSource): Promise<Rotated>;
  /** Ends the credential, and what was opened with it. @throws BridgeError `not_found`. */
  revoke(id: string, source: AuditSource): Promise<TokenRow>;
}

export interface NewToken {
  /** A new principal of that name, or the id or name of one that there is. */
  readonly whose: { readonly name: string; readonly kind: KnownKind } | { readonly principal: string };
  readonly permissions: readonly Permission[];
  readonly channels: readonly string[];
  /** Undefined: it does not expire. */
  readonly lifetimeMs?: number | undefined;
}

/** The kinds that are known one by one. */
export type KnownKind = Exclude<PrincipalKind, "local" | "shared">;

export interface Issued {
  /** The secret, for its holder only. */
  readonly token: string;
  readonly row: TokenRow;
}

export interface Rotated {
  readonly token: string;
  readonly id: string;
  /** When the secret that it had ends, in milliseconds since the Unix epoch. */
  readonly until: number;
}

export interface TokenRow {
  readonly id: string;
  readonly principal: { readonly id: string; readonly kind: KnownKind; readonly name: string };
  readonly permissions: readonly Permission[];
  readonly channels: readonly string[];
  readonly createdAt: number;
  readonly createdBy: string;
  readonly expiresAt?: number | undefined;
  readonly revokedAt?: number | undefined;
  readonly lastUsedAt?: number | undefined;
  readonly lastAddress?: string | undefined;
  /** How many of them would be accepted now. */
  readonly secrets: number;
}
