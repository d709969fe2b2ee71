import type { AuditEvent } from "../core/audit.ts";
import type { Clock } from "../core/clock.ts";
import { auditPauseMs, maxAuditKinds } from "../core/limits.ts";

/**
 * Writes what somebody else can make happen as often as they like into the audit: the first at once, and what comes of
 * the same kind within a minute as one row, with its number. So nobody fills the disk by being refused.
 */
export interface RepeatedEvents {
  /** Events of one key are of one kind. */
  note(key: string, event: AuditEvent): void;
  /** Writes what is kept back. */
  close(): Promise<void>;
}

interface Kept {
  readonly event: AuditEvent;
  readonly dueAt: number;
  count: number;
}

/** The key of all for which there is no room; of them only their number is kept. */
const others = "";

export function createRepeatedEvents(
  clock: Clock,
  record: (events: readonly AuditEvent[]) => Promise<void>,
  onError: (error: unknown) => void,
): RepeatedEvents {
  const kept = new Map<string, Kept>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function write(events: readonly AuditEvent[]): void {
    if (events.length > 0) writing = writing.then(() => record(events)).catch(onError);
  }

  function flush(isLast: boolean): void {
    timer = undefined;
    const now = clock.now();
    const due = [...kept].filter(([, { dueAt }]) => isLast || dueAt <= now);
    write(due.filter(([, { count }]) => count > 0).map(([, { event, count }]) => counted(event, count)));
    for (const [key, { event, count }] of due) {
      if (count === 0 || isLast) kept.delete(key);
      else kept.set(key, { event, count: 0, dueAt: now + auditPauseMs });
    }
    if (kept.size > 0) timer = setTimeout(flush, auditPauseMs, false).unref();
  }

  return {
    note(key, event) {
      const hasRoom = kept.has(key) || kept.size < maxAuditKinds;
      const before = kept.get(hasRoom ? key : others);
      if (before !== undefined) {
        before.count += 1;
        return;
      }
      const { address: _, ...rest } = event;
      kept.set(hasRoom ? key : others, { event: hasRoom ? event : rest, count: 0, dueAt: clock.now() + auditPauseMs });
      write([event]);
      timer ??= setTimeout(flush, auditPauseMs, false).unref();
    },
    async close() {
      clearTimeout(timer);
      flush(true);
      clearTimeout(timer);
      await writing;
    },
  };
}

const counted = (event: AuditEvent, count: number): AuditEvent => ({
  ...event,
  detail: `${count} times: ${event.detail ?? event.event}`,
});
