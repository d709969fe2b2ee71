import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useCallback, useRef } from "react";
import type { Pending } from "../../../src/view/live/pending.ts";
import type { OpenFeed } from "../bridge/feed-handle.ts";
import { useSearchParam } from "../use-search-param.ts";
import { CaughtUp } from "./caught-up.tsx";
import { ListError, NoRows } from "./list-states.tsx";
import { LineView } from "./line-view.tsx";
import "./message-list.css";
import { NewPill } from "./new-pill.tsx";
import { useActiveLine } from "./use-active-line.ts";
import { nearPx, useFollowing } from "./use-following.ts";
import { type ListLine, useLines } from "./use-lines.ts";
import type { Pausing } from "./use-pausing.ts";

interface Props extends OpenFeed {
  /** What the list is of, for those who do not see it. */
  readonly label: string;
  /** Where there is nothing. */
  readonly empty: ReactNode;
  readonly pausing: Pausing;
  /** What was sent from here and is to stand at the end. */
  readonly pending?: readonly Pending[];
  /** How many messages there are, where that is known. */
  readonly total?: number | undefined;
  /** Every message of a channel, with nothing left out. */
  readonly isWhole?: boolean;
  readonly showsChannel?: boolean;
  /** The id of the message that the list begins at. */
  readonly at?: string | undefined;
}

/** Rows beyond the edge that are drawn all the same, so that none is missing while one scrolls. */
const overscan = 12;
const nothing: readonly Pending[] = [];

/** A list of messages that follows the newest while one is at its end, and holds still otherwise. */
export function MessageList(props: Props) {
  const {
    state,
    feed,
    label,
    empty,
    pending = nothing,
    total,
    isWhole = false,
    showsChannel = false,
    at,
    pausing,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [selected, select] = useSearchParam("sel");
  const { lines, toggle } = useLines({ state, pending, total, isWhole });
  const list = useList(lines, scroller);
  const following = useFollowing({ state, feed, scroller, list, lines, pausing, at });
  const open = useCallback((id: string) => select(id), [select]);
  const onOpen = (line: ListLine) => (line.kind === "burst" ? toggle(line.key) : isMessage(line) && select(line.key));
  const keys = useActiveLine({ lines, list, scroller, pausing, entrance: selected, onOpen });

  if (state.rows.length === 0 && pending.length === 0) return <NoRows {...{ state, feed, label, empty }} />;
  return (
    <div className="message-list-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble from its lines */}
      <div
        ref={scroller}
        className="message-list"
        role="log"
        aria-label={label}
        aria-live="off"
        onScroll={following.onScroll}
        onKeyDown={keys.onKeyDown}
      >
        <div
          className="message-list-all"
          style={{ height: list.getTotalSize() }}
          onPointerDown={({ button }) => button === 0 && following.hold()}
        >
          {list.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return undefined;
            const [isSelected, isActive] = [line.key === selected, line.key === keys.activeKey];
            return (
              <PlacedLine key={item.key} {...{ line, item }} measure={list.measureElement} onFocus={keys.setActive}>
                <LineView {...{ line, feed, isSelected, isActive, showsChannel }} onOpen={open} onToggle={toggle} />
              </PlacedLine>
            );
          })}
        </div>
      </div>
      {state.error === undefined ? undefined : <ListError error={state.error} onRetry={feed.retry} isSmall />}
      <CaughtUp />
      <NewPill pausing={pausing} isBack={state.hasNewer} />
    </div>
  );
}

interface PlacedProps {
  readonly line: ListLine;
  readonly item: VirtualItem;
  readonly measure: (element: Element | null) => void;
  readonly onFocus: (key: string) => void;
  readonly children: ReactNode;
}

/** A line where it belongs, and as high as it is. */
function PlacedLine({ line, item, measure, onFocus, children }: PlacedProps) {
  return (
    <div
      ref={measure}
      data-index={item.index}
      data-key={line.key}
      className="message-list-row"
      style={{ transform: `translateY(${item.start}px)` }}
      onFocus={() => onFocus(line.key)}
    >
      {children}
    </div>
  );
}

const isMessage = ({ kind }: ListLine) => kind === "message";

/** The line that has the focus is always drawn: scrolled away, it would lose it. */
function useList(lines: readonly ListLine[], scroller: RefObject<HTMLDivElement | null>) {
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled by React's compiler
  return useVirtualizer<HTMLDivElement, Element>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => lines[index]?.key ?? index,
    estimateSize: (index) => guessedHeights[lines[index]?.kind ?? "message"],
    rangeExtractor(range) {
      const drawn = defaultRangeExtractor(range);
      const focused = focusedIn(scroller.current, lines);
      return focused < 0 || drawn.includes(focused) ? drawn : [...drawn, focused].toSorted((a, b) => a - b);
    },
    overscan,
    anchorTo: "end",
    scrollEndThreshold: nearPx,
  });
}

function focusedIn(box: HTMLElement | null, lines: readonly ListLine[]): number {
  const { activeElement } = document;
  if (box === null || activeElement === null || !box.contains(activeElement)) return -1;
  const key = activeElement.closest<HTMLElement>("[data-key]")?.dataset["key"];
  return lines.findIndex((line) => line.key === key);
}

/** Before it is drawn; then each is measured. */
const guessedHeights: Readonly<Record<ListLine["kind"], number>> = {
  message: 56,
  notice: 40,
  burst: 56,
  day: 32,
  older: 46,
  removed: 36,
  pending: 56,
};
