import { saidBy } from "../said.ts";
import { type Burst, folded } from "./bursts.ts";
import type { MessageRow, NoticeRow, Row } from "./rows.ts";

/** What a list shows, from top to bottom, each with a key that stays. */
export type Line = DayLine | MessageLine | NoticeLine | BurstLine;

export interface DayLine {
  readonly kind: "day";
  readonly key: string;
  /** A moment of that day. */
  readonly at: number;
}

export interface MessageLine {
  readonly kind: "message";
  readonly key: string;
  readonly row: MessageRow;
  /** Where in its thread the message is, where that is known. */
  readonly thread: ThreadPlace | undefined;
}

/** The first of a thread has place 0. */
export interface ThreadPlace {
  readonly place: number;
  readonly replies: number;
}

export interface NoticeLine {
  readonly kind: "notice";
  readonly key: string;
  readonly row: NoticeRow;
  /** When the first message after it was accepted. */
  readonly before: number | undefined;
}

export interface BurstLine extends Burst {
  readonly isOpen: boolean;
}

export interface LinesOptions {
  /** The keys of bursts that are open. */
  readonly opened: ReadonlySet<string>;
  /** Whether every message of a thread after its first is in the rows. */
  readonly hasWholeThreads: boolean;
}

/** The rows with a line above each day, and floods folded. Linear in the rows: it is made anew with each change. */
export function linesOf(rows: readonly Row[], { opened, hasWholeThreads }: LinesOptions): readonly Line[] {
  const places = hasWholeThreads ? threadPlaces(rows) : undefined;
  const lines: Line[] = [];
  const days = new Set<number>();
  let day = { from: 0, until: 0 };

  const put = (row: MessageRow) => void lines.push({ kind: "message", key: row.key, row, thread: places?.get(row) });

  folded(rows).forEach((row, index, all) => {
    const at = timeOf(row);
    if (at !== undefined && (at < day.from || at >= day.until)) {
      day = dayOf(at);
      // Twice only where the bridge's clock was set back.
      const again = days.has(day.from) ? ` ${row.key}` : "";
      days.add(day.from);
      lines.push({ kind: "day", key: `day ${day.from}${again}`, at });
    }
    if (row.kind === "message") put(row);
    else if (row.kind === "notice") lines.push({ kind: "notice", key: row.key, row, before: nextTime(all, index) });
    else {
      const isOpen = opened.has(row.key);
      lines.push({ ...row, isOpen });
      if (isOpen) row.rows.forEach(put);
    }
  });
  return lines;
}

/** A thread opens with a message of it that answers nothing. Of a thread whose opening is not here nothing is known. */
function threadPlaces(rows: readonly Row[]): ReadonlyMap<Row, ThreadPlace> {
  const threads = new Map<string, MessageRow[]>();
  for (const row of rows) {
    if (row.kind === "notice") continue;
    const { thread, replyTo } = saidBy(row.message);
    if (thread === undefined) continue;
    const known = threads.get(thread);
    if (known !== undefined) known.push(row);
    else if (replyTo === undefined) threads.set(thread, [row]);
  }
  const places = new Map<Row, ThreadPlace>();
  for (const all of threads.values()) {
    all.forEach((row, place) => places.set(row, { place, replies: all.length - 1 }));
  }
  return places;
}

function timeOf(row: Row | Burst): number | undefined {
  if (row.kind === "message") return row.message.acceptedAt;
  if (row.kind === "burst") return row.rows[0]?.message.acceptedAt;
  return row.entry.kind === "gap" ? undefined : row.entry.acceptedAt;
}

function nextTime(rows: readonly (Row | Burst)[], index: number): number | undefined {
  for (let at = index + 1; at < rows.length; at += 1) {
    const row = rows[at];
    if (row !== undefined && row.kind !== "notice") return timeOf(row);
  }
  return undefined;
}

/** In the reader's zone. To ask the calendar for each row would take most of the time. */
function dayOf(ms: number): { readonly from: number; readonly until: number } {
  const date = new Date(ms);
  const start = (days: number) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
  return { from: start(0), until: start(1) };
}
