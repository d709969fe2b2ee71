import type { AuditSource } from "./audit.ts";
import type { KnownKind } from "./tokens.ts";

/** Who there is, of those that are known one by one. */
export interface Directory {
  list(): readonly PrincipalRow[];
  /** Messages keep the name of their time. @throws BridgeError `not_found`, `conflict`, `invalid_input`. */
  rename(id: string, name: string, source: AuditSource): Promise<PrincipalRow>;
  /** Ends all of its credentials and sessions. @throws BridgeError `not_found`. */
  revoke(id: string, source: AuditSource): Promise<PrincipalRow>;
}

export interface PrincipalRow {
  readonly id: string;
  readonly kind: KnownKind;
  readonly name: string;
  /** What it was called before: nobody else is called so while it is there. */
  readonly formerly: readonly string[];
  readonly createdAt: number;
  readonly createdBy: string;
  readonly lastSeenAt?: number | undefined;
  readonly lastAddress?: string | undefined;
  readonly revokedAt?: number | undefined;
  /** How many credentials prove it now. */
  readonly credentials: number;
}
