import type { AuditEventName } from "../core/audit.ts";
import type { InvitationState, InvitedKind } from "../core/pairing.ts";
import type { Permission, PrincipalKind } from "../core/principal.ts";
import { type Fields, fieldsOf, flag, number, optionalText, text, texts, time } from "./shape.ts";

/** What administrators see of who there is. All times are in milliseconds since the Unix epoch. */

/** Who the bridge takes the caller for. */
export interface WhoAmI {
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly name: string;
  /** False: nobody proved who they are. */
  readonly isVerified: boolean;
  /** What the caller may do in some channel at least. */
  readonly permissions: readonly Permission[];
}

/** A machine, person or service that has or had a credential. */
export interface PrincipalInfo {
  /** Stays when the name changes. */
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly lastSeenAt: number | undefined;
  readonly lastAddress: string | undefined;
  readonly revokedAt: number | undefined;
  /** How many of its credentials are accepted now. */
  readonly credentials: number;
}

/** A credential, without its secret. */
export interface CredentialInfo {
  readonly id: string;
  /** The principal's id. */
  readonly principal: string;
  readonly permissions: readonly Permission[];
  readonly channels: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  readonly revokedAt: number | undefined;
  readonly lastUsedAt: number | undefined;
  /** How many of its secrets are accepted now; 0 when it is over. */
  readonly secrets: number;
}

/** A join code that was made, without the code. */
export interface InvitationInfo {
  readonly id: string;
  readonly kind: InvitedKind;
  readonly name: string | undefined;
  readonly permissions: readonly Permission[];
  readonly state: InvitationState;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly wrongTries: number;
  /** The principal's id of who came with it. */
  readonly usedBy: string | undefined;
}

/** A browser that is signed in. */
export interface BrowserInfo {
  readonly id: string;
  readonly principal: { readonly id: string; readonly kind: PrincipalKind; readonly name: string };
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  readonly address: string | undefined;
  /** What it says of itself. */
  readonly browser: string | undefined;
}

/** Something that was done, as the audit has it. */
export interface AuditEntry {
  /** Its place in the audit, from 1 and without gaps. */
  readonly n: number;
  readonly at: number;
  readonly event: AuditEventName;
  readonly principal: string;
  readonly channel: string | undefined;
  readonly seq: number | undefined;
  readonly address: string | undefined;
  readonly detail: string | undefined;
}

// Closed lists of the bridge; a newer one may know more words, which are handed on.
const kindIn = (fields: Fields) => text(fields, "kind") as PrincipalKind;
const permissionsIn = (fields: Fields) => texts(fields, "permissions") as readonly Permission[];
const timeIf = (fields: Fields, name: string) => (fields[name] === undefined ? undefined : time(fields, name));

export function whoAmIFrom(value: unknown): WhoAmI {
  const fields = fieldsOf(value);
  const who = fieldsOf(fields["principal"]);
  return {
    id: text(who, "id"),
    kind: kindIn(who),
    name: text(who, "name"),
    isVerified: flag(who, "verified"),
    permissions: permissionsIn(fields),
  };
}

export function principalFrom(value: unknown): PrincipalInfo {
  const fields = fieldsOf(value);
  return {
    id: text(fields, "id"),
    kind: kindIn(fields),
    name: text(fields, "name"),
    createdAt: time(fields, "created_at"),
    createdBy: text(fields, "created_by"),
    lastSeenAt: timeIf(fields, "last_seen"),
    lastAddress: optionalText(fields, "last_address"),
    revokedAt: timeIf(fields, "revoked_at"),
    credentials: number(fields, "credentials"),
  };
}

export function credentialFrom(value: unknown): CredentialInfo {
  const fields = fieldsOf(value);
  return {
    id: text(fields, "id"),
    principal: text(fieldsOf(fields["principal"]), "id"),
    permissions: permissionsIn(fields),
    channels: texts(fields, "channels"),
    createdAt: time(fields, "created_at"),
    expiresAt: timeIf(fields, "expires_at"),
    revokedAt: timeIf(fields, "revoked_at"),
    lastUsedAt: timeIf(fields, "last_used_at"),
    secrets: number(fields, "secrets"),
  };
}

export function invitationFrom(value: unknown): InvitationInfo {
  const fields = fieldsOf(value);
  return {
    id: text(fields, "id"),
    kind: text(fields, "kind") as InvitedKind,
    name: optionalText(fields, "name"),
    permissions: permissionsIn(fields),
    state: text(fields, "state") as InvitationState,
    createdAt: time(fields, "created_at"),
    expiresAt: time(fields, "expires_at"),
    wrongTries: number(fields, "wrong_tries"),
    usedBy: optionalText(fields, "used_by"),
  };
}

export function browserFrom(value: unknown): BrowserInfo {
  const fields = fieldsOf(value);
  const who = fieldsOf(fields["principal"]);
  return {
    id: text(fields, "id"),
    principal: { id: text(who, "id"), kind: kindIn(who), name: text(who, "name") },
    createdAt: time(fields, "created_at"),
    lastUsedAt: time(fields, "last_used_at"),
    expiresAt: time(fields, "expires_at"),
    address: optionalText(fields, "address"),
    browser: optionalText(fields, "browser"),
  };
}

export function auditEntryFrom(value: unknown): AuditEntry {
  const fields = fieldsOf(value);
  const { seq } = fields;
  return {
    n: number(fields, "n"),
    at: time(fields, "timestamp"),
    event: text(fields, "event") as AuditEventName,
    principal: text(fields, "principal"),
    channel: optionalText(fields, "channel"),
    seq: typeof seq === "number" ? seq : undefined,
    address: optionalText(fields, "ip"),
    detail: optionalText(fields, "detail"),
  };
}
