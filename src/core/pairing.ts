import type { AuditSource } from "./audit.ts";
import type { Permission } from "./principal.ts";

/** How another machine or person comes in: with a code that somebody who may has made, and told them. */
export interface Pairing {
  /** The code is here and nowhere else. @throws BridgeError `limit_reached`. */
  invite(wanted: NewInvitation, source: AuditSource): Promise<{ readonly code: string; readonly row: InvitationRow }>;
  /** Those that are out, and those of late that are over, the newest first. */
  list(): readonly InvitationRow[];
  /** @throws BridgeError `not_found`. */
  revoke(id: string, source: AuditSource): Promise<InvitationRow>;
  /**
   * Makes a principal and its credential of a code, once.
   *
   * @throws BridgeError `unauthorized` for a code that is wrong or over, `conflict` for a name that is taken and
   * `invalid_input` for one that is missing, both of which leave the code as it is; `limit_reached`.
   */
  join(coming: { readonly code: string; readonly name?: string | undefined }, address?: string): Promise<Joined>;
  /** By what those who come can tell that it is the bridge that they were invited to. */
  identity(): BridgeIdentity;
}

export interface NewInvitation {
  readonly principalKind: InvitedKind;
  /** Undefined: whoever comes chooses it. */
  readonly name?: string | undefined;
  readonly permissions: readonly Permission[];
  readonly channels: readonly string[];
  readonly ttlMs: number;
}

export type InvitedKind = "machine" | "person";
export const invitationStates = ["out", "used", "revoked", "burnt", "expired"] as const;
export type InvitationState = (typeof invitationStates)[number];

/** Without the code. */
export interface InvitationRow extends Omit<NewInvitation, "ttlMs"> {
  readonly id: string;
  readonly state: InvitationState;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly expiresAt: number;
  readonly wrongTries: number;
  readonly usedAt?: number | undefined;
  readonly usedBy?: string | undefined;
}

export interface Joined {
  /** The secret, for its holder only. */
  readonly token: string;
  /** The credential's. */
  readonly id: string;
  readonly principal: { readonly id: string; readonly kind: InvitedKind; readonly name: string };
  readonly permissions: readonly Permission[];
  readonly channels: readonly string[];
}

export interface BridgeIdentity {
  readonly name: string;
  /** SHA-256 of its certificate, where it has one. */
  readonly fingerprint?: string | undefined;
  readonly words: string;
}
