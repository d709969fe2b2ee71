import type { Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef } from "react";
import type { ListLine } from "./use-lines.ts";

interface Given {
  readonly list: Virtualizer<HTMLDivElement, Element>;
  readonly lines: readonly ListLine[];
  readonly isFollowing: boolean;
}

interface InView {
  readonly key: unknown;
  readonly fromTop: number;
}

/**
 * Keeps what the reader looks at where it is, whatever is put above it or folded; of what is in view, the first that is
 * still there. The list's own anchor is the line at the top, and that may be the one above all messages, old and older.
 */
export function usePlace({ list, lines, isFollowing }: Given): void {
  const known = useRef(lines);
  const inView = useRef<readonly InView[]>([]);

  useLayoutEffect(() => {
    if (known.current !== lines && !isFollowing) putBack(list, lines, inView.current);
    known.current = lines;
    const top = list.scrollOffset ?? 0;
    inView.current = list
      .getVirtualItems()
      .filter(({ index, end }) => end > top && isOfMessages(lines[index]))
      .map(({ key, start }) => ({ key, fromTop: start - top }));
  });
}

function putBack(list: Given["list"], lines: readonly ListLine[], inView: readonly InView[]): void {
  for (const { key, fromTop } of inView) {
    const index = lines.findIndex((line) => line.key === key);
    if (index < 0) continue;
    const start = list.measurementsCache[index]?.start ?? 0;
    if (Math.abs(start - fromTop - (list.scrollOffset ?? 0)) >= 1) list.scrollToOffset(start - fromTop);
    return;
  }
}

const isOfMessages = (line: ListLine | undefined) =>
  line !== undefined && line.kind !== "older" && line.kind !== "removed" && line.kind !== "day";
