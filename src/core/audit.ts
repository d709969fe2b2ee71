import { canonicalJson } from "./json.ts";

/** What is worth writing down for whoever must answer for the bridge. A closed list, so that it can be searched. */
export const auditEvents = [
  "send",
  "clear",
  "undo",
  "release",
  "invite",
  "join",
  "token_create",
  "token_rotate",
  "token_revoke",
  "principal_rename",
  "principal_revoke",
  "rule_set",
  "rule_remove",
  "policy_set",
  "freeze",
  "unfreeze",
  "wake_rule_set",
  "wake_rule_remove",
  "session_open",
  "session_revoke",
  "credential_refused",
  "code_refused",
  "policy_refused",
] as const;
export type AuditEventName = (typeof auditEvents)[number];

/** Who did it, and from where. */
export interface AuditSource {
  readonly principal: string;
  readonly credential?: string | undefined;
  /** The address that the request came from, where there is one. */
  readonly address?: string | undefined;
}

/** Who did what readers are told of, and the name that they are told. */
export interface Actor {
  readonly name: string;
  readonly source: AuditSource;
}

export interface AuditEvent extends AuditSource {
  readonly event: AuditEventName;
  readonly channel?: string | undefined;
  readonly seq?: number | undefined;
  /** SHA-256 of a message's text, in hexadecimal: the audit has no texts. */
  readonly bodyHash?: string | undefined;
  /** For people, at most `maxAuditDetail` characters; never a secret. */
  readonly detail?: string | undefined;
}

/**
 * An event in its place. Each row's hash is over the one before it and over itself, so that a row that was changed,
 * left out or put in later breaks the chain from there on.
 */
export interface AuditRow extends AuditEvent {
  /** 1 for the first, without gaps. */
  readonly n: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** SHA-256 in hexadecimal of `auditText(row, hash of the row before)`. */
  readonly hash: string;
}

/** Of the row before the first. */
export const firstAuditHash = "0".repeat(64);

/** What a row's hash is over. Canonical JSON: fields without a value are left out. */
export function auditText(row: Omit<AuditRow, "hash">, previousHash: string): string {
  return canonicalJson({ ...row, previousHash });
}

export interface AuditTrail {
  /** Rows after `after`, oldest first, at most `limit`. */
  rows(after: number, limit: number): Promise<readonly AuditRow[]>;
  /** The newest rows, newest first, at most `limit`. */
  newest(limit: number): Promise<readonly AuditRow[]>;
  /** Appends events, chained, in one durable transaction. */
  record(events: readonly AuditEvent[]): Promise<void>;
  /** Looks at every row that there is. */
  verify(): Promise<AuditFinding>;
  /** Deletes the oldest rows, from before `before` (ms since the epoch), at most `limit`; returns how many. */
  prune(before: number, limit: number): Promise<number>;
}

export type AuditFinding =
  | { readonly isWhole: true; readonly rows: number; readonly last: number; readonly hash: string }
  | { readonly isWhole: false; readonly brokenAt: number; readonly reason: string };
