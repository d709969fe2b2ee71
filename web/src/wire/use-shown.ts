import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { WireLine } from "../../../src/view/wire/layout.ts";
import type { Places } from "../../../src/view/wire/places.ts";
import type { Shown } from "./drawing.tsx";

/** Drawn beyond the edges, so that nothing is missing while one scrolls. */
const overscanPx = 400;
/** So near the end is at the end. */
const nearPx = 40;

interface Options {
  readonly lines: readonly WireLine[];
  readonly places: Places;
  /** The end is followed while one is there. */
  readonly onEnd: (isAtEnd: boolean) => void;
  readonly onStart: () => void;
}

/**
 * What of a long diagram is on the screen. At its end it follows what comes; elsewhere the line at the upper edge stays
 * where it is, whatever comes before or behind it.
 */
export function useShown(box: RefObject<HTMLElement | null>, { lines, places, onEnd, onStart }: Options) {
  const [view, look] = useView(box);
  const isAtEnd = useRef(true);
  const anchor = useRef<{ readonly key: string; readonly below: number }>(undefined);

  useLayoutEffect(() => {
    const { current: element } = box;
    if (isAtEnd.current) scrollTo(element, element?.scrollHeight ?? 0);
    if (isAtEnd.current) return;
    const at = lines.findIndex(({ key }) => key === anchor.current?.key);
    if (at >= 0) scrollTo(element, places.topOf(at) + (anchor.current?.below ?? 0));
  }, [box, lines, places, view.height]);

  function onScroll() {
    const { current: element } = box;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const wasAtEnd = isAtEnd.current;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearPx;
    // Days and tears may be others once there is something before them.
    const at = lines.findIndex(({ kind }, index) => kind === "arrow" && places.topOf(index + 1) > scrollTop);
    const line = lines[at];
    anchor.current = line && { key: line.key, below: scrollTop - places.topOf(at) };
    look();
    if (wasAtEnd !== isAtEnd.current) onEnd(isAtEnd.current);
    if (scrollTop < clientHeight) onStart();
  }

  /** Brings a line onto the screen, and as little as possible moves. */
  function reveal(at: number, headHeight: number) {
    const { current: element } = box;
    if (element === null) return;
    const [top, bottom] = [places.topOf(at), places.topOf(at + 1)];
    if (top < element.scrollTop) scrollTo(element, top);
    const lowest = element.scrollTop + element.clientHeight - headHeight;
    if (bottom > lowest) scrollTo(element, element.scrollTop + bottom - lowest);
    onScroll();
  }

  function follow() {
    isAtEnd.current = true;
    scrollTo(box.current, box.current?.scrollHeight ?? 0);
  }

  const shown: Shown = {
    first: places.lineAt(view.top - overscanPx),
    end: Math.min(lines.length, places.lineAt(view.top + view.height + overscanPx) + 1),
  };
  return { shown, width: view.width, onScroll, reveal, follow };
}

function scrollTo(element: HTMLElement | null, top: number): void {
  element?.scrollTo({ top, behavior: "instant" });
}

interface View {
  readonly top: number;
  readonly height: number;
  readonly width: number;
}

/** Where one looks, and how much of it is to be seen; looked at anew with each change of size, and when it is asked for. */
function useView(box: RefObject<HTMLElement | null>): readonly [View, () => void] {
  const [view, setView] = useState<View>({ top: 0, height: 0, width: 0 });
  const look = useCallback(() => {
    const { current: element } = box;
    if (element === null) return;
    const { scrollTop: top, clientHeight: height, clientWidth: width } = element;
    setView((before) =>
      before.top === top && before.height === height && before.width === width ? before : { top, height, width },
    );
  }, [box]);
  useEffect(() => {
    const { current: element } = box;
    if (element === null) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, look]);
  return [view, look];
}
