import { BridgeError } from "../core/errors.ts";
import { maxRecordLength, maxRecords } from "../core/limits.ts";
import type { Amendment } from "../core/registry.ts";

/** What every engine refuses of amendments, in the same words. `found` is the version that the record has now. */
export function checkAmendment({ kind, version, body = "" }: Amendment, found = 0): void {
  if (body.length > maxRecordLength) {
    throw new BridgeError("too_large", `the ${kind} would be more than ${maxRecordLength} characters of JSON`);
  }
  if (found === version) return;
  throw new BridgeError("conflict", `the ${kind} was changed by somebody else meanwhile; look at it again`);
}

/** For `records` that are there already. */
export function checkRoom(records: number, changes: readonly Amendment[]): void {
  const added = changes.filter(({ version, body }) => version === 0 && body !== undefined).length;
  const removed = changes.filter(({ version, body }) => version > 0 && body === undefined).length;
  if (added === 0 || records + added - removed <= maxRecords) return;
  throw new BridgeError(
    "limit_reached",
    `the bridge keeps ${maxRecords} principals, credentials, rules and sessions in all; revoke some first`,
  );
}
