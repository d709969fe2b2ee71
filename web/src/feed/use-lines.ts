import { useCallback, useMemo, useState } from "react";
import type { Pending } from "../../../src/view/live/pending.ts";
import { type Line, linesOf } from "../../../src/view/live/lines.ts";
import type { FeedState } from "../../../src/view/live/feed.ts";

/** What stands in a list: its lines, what is above them, and what is on its way below them. */
export type ListLine = Line | TopLine | PendingLine;

/** Older messages that are not loaded, or were removed. */
export type TopLine =
  | { readonly kind: "older"; readonly key: "older"; readonly count: number | undefined }
  | { readonly kind: "removed"; readonly key: "removed"; readonly before: number };

export interface PendingLine {
  readonly kind: "pending";
  readonly key: string;
  readonly pending: Pending;
}

export interface LinesGiven {
  readonly state: FeedState;
  readonly pending: readonly Pending[];
  /** How many messages there are in all; undefined where nobody knows, as with a filter. */
  readonly total: number | undefined;
  /** Whether every message of a channel is in the list, once it is loaded: then a hole at its beginning shows. */
  readonly isWhole: boolean;
}

export function useLines({ state, pending, total, isWhole }: LinesGiven) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { rows, hasOlder, hasNewer } = state;
  const middle = useMemo(
    () => linesOf(rows, { opened, hasWholeThreads: isWhole && !hasNewer }),
    [rows, opened, isWhole, hasNewer],
  );
  const lines = useMemo(() => {
    const top = topOf({ rows, hasOlder, total, isWhole });
    const own = pending.map((one): ListLine => ({ kind: "pending", key: `pending ${one.key}`, pending: one }));
    return top === undefined && own.length === 0 ? middle : [...(top === undefined ? [] : [top]), ...middle, ...own];
  }, [rows, hasOlder, total, isWhole, middle, pending]);
  const toggle = useCallback((key: string) => setOpened((before) => toggled(before, key)), []);
  return { lines, toggle } as const;
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? new Set([...keys].filter((one) => one !== key)) : new Set([...keys, key]);
}

function topOf({
  rows,
  hasOlder,
  total,
  isWhole,
}: Pick<FeedState, "rows" | "hasOlder"> & Pick<LinesGiven, "total" | "isWhole">): TopLine | undefined {
  if (hasOlder) {
    const loaded = rows.filter(({ kind }) => kind === "message").length;
    const count = total === undefined || total <= loaded ? undefined : total - loaded;
    return { kind: "older", key: "older", count };
  }
  const first = rows.find((row) => row.kind === "message");
  if (!isWhole || first === undefined || first.message.prev === 0) return undefined;
  return { kind: "removed", key: "removed", before: first.message.acceptedAt };
}
