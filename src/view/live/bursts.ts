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
 * they are not noise.
 */
export function folded(rows: readonly Row[]): readonly (Row | Burst)[] {
  const flooded = floodedIn(rows);
  if (flooded.size === 0) return rows;
  const groups = Map.groupBy(flooded, burstKeyOf);
  return rows.flatMap((row): readonly (Row | Burst)[] => {
    if (row.kind === "notice" || !flooded.has(row)) return [row];
    const key = burstKeyOf(row);
    const own = groups.get(key) ?? [];
    if (own.length < 2) return [row];
    return own[0] === row ? [{ kind: "burst", key, sender: row.message.sender, rows: own }] : [];
  });
}

/** By the clock and not by where a flood begins: then it is the same whatever else is loaded. */
const burstKeyOf = ({ message: { acceptedAt, sender } }: MessageRow) =>
  `burst ${Math.floor(acceptedAt / spanMs)} ${sender}`;

function floodedIn(rows: readonly Row[]): ReadonlySet<MessageRow> {
  const messages = rows.filter((row) => row.kind === "message");
  const flooded = new Set<MessageRow>();
  for (let at = mostInSpan; at < messages.length; at += 1) {
    const [row, before] = [messages[at], messages[at - mostInSpan]];
    if (row === undefined || before === undefined) break;
    const isFlood = row.message.acceptedAt - before.message.acceptedAt < spanMs;
    if (isFlood && saidBy(row.message).type !== "question") flooded.add(row);
  }
  return flooded;
}
