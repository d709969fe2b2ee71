import type { AuditSource } from "./audit.ts";
import type { BridgeError } from "./errors.ts";
import type { ChannelName, Draft } from "./message.ts";
import type { Principal } from "./principal.ts";

/** What the bridge's records say of a principal beside its grants. Answered from memory: it is asked with every call. */
export interface Policy {
  /**
   * Whether this is still who its credential proves, with the rights that it has now. After a revocation, a rename or
   * a new rule it is not; the next request gets a new principal.
   */
  isCurrent(principal: Principal): boolean;
  /** Calls `wake` when some principal may no longer be current. Returns the unsubscribe. */
  watch(wake: () => void): () => void;
  /** Why the draft is not taken now, and counts it if it is: `frozen`, `limit_reached`. */
  refuse(principal: Principal, draft: Draft): BridgeError | undefined;
  /** Why nothing may be changed in the channel now by the principal: `frozen`. */
  refuseFrozen(principal: Principal, channel: ChannelName): BridgeError | undefined;
  /** Writes down that a caller was refused what it has no right to; many of the same within a minute as one. */
  recordRefusal(error: BridgeError, source: AuditSource): void;
  /** Whether each message is written into the audit. What changes the bridge always is. */
  auditsMessages(): boolean;
}

/** Of a bridge that has no records. */
export const noPolicy: Policy = {
  isCurrent: () => true,
  watch: () => () => undefined,
  refuse: () => undefined,
  refuseFrozen: () => undefined,
  recordRefusal: () => undefined,
  auditsMessages: () => false,
};
