import { createHash } from "node:crypto";
import { type AuditEvent, type AuditFinding, type AuditRow, auditText } from "../core/audit.ts";
import { maxAuditDetail } from "../core/limits.ts";

/** Where a chain stands: its last row, or the one before its first. */
export interface ChainEnd {
  readonly n: number;
  readonly hash: string;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The event as the row after `last`. */
export function chained(event: AuditEvent, at: number, last: ChainEnd): AuditRow {
  const row = { ...withoutUndefined(event), n: last.n + 1, at };
  return { ...row, hash: sha256(auditText(row, last.hash)) };
}

/**
 * Whether `rows`, oldest first, go from `start`, the row before them, to `end` without a change. That the ends are right
 * is the caller's to know: whoever can write all of a database can also write a new chain, so the last hash is worth
 * keeping elsewhere.
 */
export function verifyChain(rows: Iterable<AuditRow>, start: ChainEnd, end: ChainEnd): AuditFinding {
  let last = start;
  for (const { hash, ...row } of rows) {
    if (row.n !== last.n + 1) return { isWhole: false, brokenAt: last.n + 1, reason: "a row is missing" };
    if (hash !== sha256(auditText(row, last.hash))) {
      return { isWhole: false, brokenAt: row.n, reason: "the row is not what was written" };
    }
    last = { n: row.n, hash };
  }
  if (last.n !== end.n || last.hash !== end.hash) {
    return { isWhole: false, brokenAt: last.n + 1, reason: "the newest rows are missing" };
  }
  return { isWhole: true, rows: last.n - start.n, last: last.n, hash: last.hash };
}

/** Only what has a value is hashed, so only that is kept. */
function withoutUndefined({ detail, ...event }: AuditEvent): AuditEvent {
  const short = detail === undefined ? {} : { detail: detail.slice(0, maxAuditDetail) };
  // Entries of an object of a known shape, less some: the same shape.
  return Object.fromEntries(
    Object.entries({ ...event, ...short }).filter(([, value]) => value !== undefined),
  ) as unknown as AuditEvent;
}
