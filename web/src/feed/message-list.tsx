import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import type { Row } from "../../../src/view/live/rows.ts";
import type { OpenFeed } from "../bridge/feed-handle.ts";
import { useSearchParam } from "../use-search-param.ts";
import "./message-list.css";
import { MessageRow } from "./message-row.tsx";
import { NoticeRow } from "./notice-row.tsx";

interface Props extends OpenFeed {
  /** What the list is of, for those who do not see it. */
  readonly label: string;
  /** Where there is nothing. */
  readonly empty: ReactNode;
}

/** Rows beyond the edge that are drawn all the same, so that none is missing while one scrolls. */
const overscan = 12;
/** A row of one line; each is measured when it is drawn. */
const guessedHeight = 64;
/** So near the end is at the end. */
const nearPx = 40;

/** A list of messages that follows the newest while one is at its end, and holds still otherwise. */
export function MessageList({ state, feed, label, empty }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const { rows, hasOlder, hasNewer, isLoading } = state;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled by React's compiler
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: () => guessedHeight,
    overscan,
  });

  useEffect(() => {
    if (isAtEnd.current && rows.length > 0) list.scrollToIndex(rows.length - 1, { align: "end" });
  }, [list, rows]);

  function onScroll() {
    const { current: box } = scroller;
    if (box === null) return;
    isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    if (box.scrollTop < box.clientHeight && hasOlder && !isLoading) void feed.loadOlder();
    if (isAtEnd.current && hasNewer && !isLoading) void feed.loadNewer();
  }

  if (rows.length === 0 && !isLoading) return <div className="message-list">{empty}</div>;
  return (
    <div
      ref={scroller}
      className="message-list"
      role="log"
      aria-label={label}
      aria-live="off"
      tabIndex={0}
      onScroll={onScroll}
    >
      <div className="message-list-all" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return undefined;
          return (
            <div
              key={key}
              ref={list.measureElement}
              data-index={index}
              className="message-list-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              <OneRow row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function OneRow({ row }: { readonly row: Row }) {
  const [selected, select] = useSearchParam("sel");
  if (row.kind === "notice") return <NoticeRow row={row} />;
  return <MessageRow row={row} isSelected={selected === row.key} onSelect={() => select(row.key)} />;
}
