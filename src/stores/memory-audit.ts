import { type AuditEvent, type AuditFinding, type AuditRow, firstAuditHash } from "../core/audit.ts";
import type { Clock } from "../core/clock.ts";
import { type ChainEnd, chained, verifyChain } from "./audit-chain.ts";

/** The reference. */
export function createMemoryAudit(clock: Clock) {
  let rows: readonly AuditRow[] = [];
  let start: ChainEnd = { n: 0, hash: firstAuditHash };
  let end = start;

  return {
    rows: (after: number, limit: number): readonly AuditRow[] => rows.filter(({ n }) => n > after).slice(0, limit),

    newest: (limit: number): readonly AuditRow[] => rows.slice(-limit).toReversed(),
    record(events: readonly AuditEvent[]): void {
      for (const event of events) {
        const row = chained(event, clock.now(), end);
        rows = [...rows, row];
        end = row;
      }
    },
    verify: (): AuditFinding => verifyChain(rows, start, end),
    prune(before: number, limit: number): number {
      const kept = rows.findIndex(({ at }) => at >= before);
      const gone = rows.slice(0, Math.min(kept < 0 ? rows.length : kept, limit));
      start = gone.at(-1) ?? start;
      rows = rows.slice(gone.length);
      return gone.length;
    },
  };
}
