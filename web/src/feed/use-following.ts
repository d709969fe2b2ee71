import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { OpenFeed } from "../bridge/feed-handle.ts";
import type { ListLine } from "./use-lines.ts";
import { useHeld } from "./use-held.ts";
import { usePlace } from "./use-place.ts";
import type { Pausing } from "./use-pausing.ts";

/** So near the end is at the end. */
export const nearPx = 40;

interface Given extends OpenFeed {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly list: Virtualizer<HTMLDivElement, Element>;
  readonly lines: readonly ListLine[];
  readonly pausing: Pausing;
  /** The id of the message that the list began at. */
  readonly at: string | undefined;
}

/** Keeps the newest in view while one is at the end, and tells by scrolling what the reader wants. */
export function useFollowing({ state, feed, scroller, list, lines, pausing, at }: Given) {
  const { hasOlder, hasNewer, isLoading, isPaused, error } = state;
  const last = useRef(0);
  const isFollowing = !isPaused && !hasNewer;
  const [isHeld, hold] = useHeld();
  useBeginning({ list, lines, state, feed, at });
  usePlace({ list, lines, isFollowing });

  useLayoutEffect(() => {
    if (isFollowing && !isHeld && lines.length > 0) list.scrollToEnd();
  }, [isFollowing, isHeld, lines, list]);

  function onScroll() {
    const { current: box } = scroller;
    if (box === null) return;
    const { scrollTop, clientHeight, scrollHeight } = box;
    const isUp = scrollTop < last.current;
    last.current = scrollTop;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < nearPx;
    if (isAtEnd && !isUp) pausing.reachEnd();
    if (isUp && !isAtEnd && isFollowing) pausing.leaveEnd();
    // What could not be read is tried again by hand.
    if (isLoading || error !== undefined) return;
    if (hasOlder && scrollTop < clientHeight) void feed.loadOlder();
    else if (hasNewer && scrollHeight - scrollTop < 2 * clientHeight) void feed.loadNewer();
  }
  return { onScroll, hold } as const;
}

/** A list that begins at a message shows that one in the middle, as soon as there is something below it. */
function useBeginning({ list, lines, state, feed, at }: Pick<Given, "list" | "lines" | "state" | "feed" | "at">): void {
  const done = useRef<string>(undefined);
  const { hasNewer, isLoading, error } = state;
  useEffect(() => {
    if (at === undefined || done.current === at || isLoading || error !== undefined) return;
    const index = lines.findIndex(({ key }) => key === at);
    if (index < 0) return;
    if (hasNewer && index === lines.length - 1) return void feed.loadNewer();
    done.current = at;
    list.scrollToIndex(index, { align: "center" });
  }, [at, lines, hasNewer, isLoading, error, feed, list]);
}
