import type { AuditEvent } from "../core/audit.ts";
import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import { maxWatchedAddresses, maxWrongCredentials, wrongCredentialMs } from "../core/limits.ts";
import { networkOf } from "./network.ts";
import type { RepeatedEvents } from "./repeated-events.ts";

/**
 * Credentials that were refused. An address has so many wrong ones, and then one more from time to time, so that secrets
 * cannot be guessed at speed. Nobody is locked out by it: a credential is looked at first, and only one that is wrong is
 * counted.
 */
export interface Failures {
  /** Counts a wrong one and says what its sender is told: `unauthorized`, or `limit_reached` when it was one too many. */
  count(address: string | undefined): BridgeError;
  /** For one that is right and no longer worth anything: nobody has guessed. Only its holder is told what became of it. */
  over(credential: { readonly id: string; readonly principal: string }, address: string | undefined): BridgeError;
}

interface Bucket {
  /** When it is full again. */
  fullAt: number;
}

export function createFailures(clock: Clock, events: Pick<RepeatedEvents, "note">): Failures {
  // In the order in which they were last wrong.
  const buckets = new Map<string, Bucket>();
  const capacityMs = maxWrongCredentials * wrongCredentialMs;

  /** Takes one out; returns how long until there is one, when there is none. */
  function take(from: string): number {
    const now = clock.now();
    const spentMs = Math.max(0, (buckets.get(from)?.fullAt ?? now) - now) + wrongCredentialMs;
    buckets.delete(from);
    const [oldest] = buckets.size < maxWatchedAddresses ? [] : buckets.keys();
    if (oldest !== undefined) buckets.delete(oldest);
    buckets.set(from, { fullAt: now + Math.min(spentMs, capacityMs) });
    return Math.max(0, spentMs - capacityMs);
  }

  const note = (event: Omit<AuditEvent, "event">) =>
    events.note(`${event.address ?? ""} ${event.credential ?? ""}`, { ...event, event: "credential_refused" });

  return {
    count(address) {
      note({ principal: "nobody", address, detail: "wrong credential" });
      const waitMs = take(networkOf(address));
      if (waitMs === 0) return new BridgeError("unauthorized", "unauthorized");
      const retryAfterSeconds = Math.ceil(waitMs / 1000);
      const message = `too many wrong credentials from this address; a right one is let in at any time`;
      return new BridgeError("limit_reached", message, { retryAfterSeconds });
    },
    over({ id, principal }, address) {
      note({ principal, credential: id, address, detail: "expired or revoked" });
      return new BridgeError("unauthorized", "unauthorized: this credential has expired, or was revoked");
    },
  };
}
