import type { AuditEvent } from "./audit.ts";

/**
 * What the bridge knows beside messages: who there is, their credentials, invitations, sessions, rules. Small, and read
 * whole by whoever needs it: at most `maxRecords` records, each a JSON object of its kind's own shape (`identity.ts`).
 */
export interface Registry {
  /** Every record, by kind and id. */
  records(): Promise<readonly RegistryRecord[]>;
  /**
   * All of the changes, durably and in one transaction with their audit, or none of them.
   *
   * @throws BridgeError `conflict` when one of the records is no longer at the version that its change is based on;
   * `limit_reached` when there would be too many.
   */
  amend(changes: readonly Amendment[], events: readonly AuditEvent[]): Promise<void>;
  /** Calls `wake` after any amendment, by any process. Returns the unsubscribe. */
  watch(wake: () => void): () => void;
}

export interface RegistryRecord {
  readonly kind: string;
  readonly id: string;
  /** 1 when it was made, and one more with each change. */
  readonly version: number;
  /** JSON. */
  readonly body: string;
}

export interface Amendment {
  readonly kind: string;
  readonly id: string;
  /** The version that the change is based on; 0 for a record that must not be there yet. */
  readonly version: number;
  /** The new body; undefined removes the record. */
  readonly body: string | undefined;
}
