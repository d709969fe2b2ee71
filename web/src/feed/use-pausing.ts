import { useEffect, useRef } from "react";
import type { OpenFeed } from "../bridge/feed-handle.ts";

/** Whether a list goes on or holds still, and why. */
export interface Pausing {
  readonly isPaused: boolean;
  /** Messages that came meanwhile. */
  readonly unseen: number;
  /** Holds still until it is told to go on, or goes on. */
  toggle(): void;
  /** The reader has gone up from the end: holds still while that is so. */
  leaveEnd(): void;
  /** The reader is at the end again. What came meanwhile is put below, where it moves nothing. */
  reachEnd(): void;
  /** To the newest, from wherever it stands. */
  toEnd(): void;
}

export function usePausing(open: OpenFeed | undefined): Pausing {
  const isByHand = useRef(false);
  const feed = open?.feed;
  const { isPaused = false, unseen = 0 } = open?.state ?? {};
  useEffect(() => {
    isByHand.current = false;
  }, [feed]);

  function toEnd() {
    isByHand.current = false;
    void feed?.toEnd();
  }

  return {
    isPaused,
    unseen,
    toEnd,
    toggle() {
      if (isPaused) return toEnd();
      isByHand.current = true;
      feed?.pause();
    },
    leaveEnd() {
      if (!isPaused) feed?.pause();
    },
    reachEnd() {
      if (!isPaused || isByHand.current || feed === undefined) return;
      if (unseen === 0) void feed.resume();
      else void feed.resume().then(() => feed.pause());
    },
  };
}
