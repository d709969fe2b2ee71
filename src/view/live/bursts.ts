import { saidBy } from "../said.ts";
import type { MessageRow, Row } from "./rows.ts";

/** What one sender said within two seconds of a flood: one line of a list, that can be opened. */
export interface Burst {
  readonly kind: "burst";
  /** The same while the burst grows. */
  readonly key: string;
  readonly sender: string;
  readonly rows: readonly MessageRow[];
}

/** Faster than that nobody reads. */
const mostPerSecond = 30;
const spanMs = 2_000;
const mostInSpan = (mostPerSecond * spanMs) / 1000;

/**
 * The rows with floods folded. A row belongs to a burst when too many came in the two seconds before it; so the first of
 * a flood stand for themselves, and what was once shown is not folded away by what comes after it. Questions stay out:
 * they are not noise. One pass, as it is made anew with all that comes.
 */
export function folded(rows: readonly Row[]): readonly (Row | Burst)[] {
  const lines: (Row | Burst)[] = [];
  const times: number[] = [];
  let span = 0;
  let groups = new Map<string, { readonly at: number; readonly rows: MessageRow[] }>();

  for (const row of rows) {
    if (row.kind === "notice" || !isFlooded(row, times)) {
      lines.push(row);
      continue;
    }
    const { acceptedAt, sender } = row.message;
    // By the clock and not by where a flood begins: then it is the same whatever else is loaded.
    const ownSpan = Math.floor(acceptedAt / spanMs);
    if (ownSpan !== span) [span, groups] = [ownSpan, new Map()];
    const group = groups.get(sender);
    if (group === undefined) {
      groups.set(sender, { at: lines.length, rows: [row] });
      lines.push(row);
    } else {
      group.rows.push(row);
      const [first = row] = group.rows;
      if (group.rows.length === 2)
        lines[group.at] = { kind: "burst", key: `burst ${first.key}`, sender, rows: group.rows };
    }
  }
  return lines;
}

/** Whether too many came before it; `times` is when. */
function isFlooded(row: MessageRow, times: number[]): boolean {
  const { acceptedAt } = row.message;
  const before = times[times.length - mostInSpan];
  times.push(acceptedAt);
  return before !== undefined && acceptedAt - before < spanMs && saidBy(row.message).type !== "question";
}
