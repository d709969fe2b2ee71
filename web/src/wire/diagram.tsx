import { useMemo, useRef } from "react";
import { heights, spreadOver } from "../../../src/view/wire/geometry.ts";
import type { WireLayout } from "../../../src/view/wire/layout.ts";
import { placesOf } from "../../../src/view/wire/places.ts";
import type { OpenFeed } from "../bridge/feed-handle.ts";
import { NewPill } from "../feed/new-pill.tsx";
import type { Pausing } from "../feed/use-pausing.ts";
import { useSearchParam } from "../use-search-param.ts";
import { LaneHeads } from "./lane-heads.tsx";
import { Sheet } from "./sheet.tsx";
import { useShown } from "./use-shown.ts";
import { useSteps } from "./use-steps.ts";

interface Props extends OpenFeed {
  readonly layout: WireLayout;
  readonly pausing: Pausing;
  /** The same as a list. */
  readonly isList: boolean;
  /** It ends with what is now. */
  readonly isNow: boolean;
  /** It is live, and stands further back than the newest. */
  readonly isBack: boolean;
  readonly onMove: (from: number, to: number) => void;
}

/** Of a line of the list: who to whom, two lines of words, and how far it got. */
const listHeights = { arrow: 100, tear: 34, day: 34, notice: 34 };
/** Of the lanes' names, which stand over the lines. */
const headHeight = 46;

/** The lines that are on the screen, of as many as there are, and a way through them by keyboard. */
export function Diagram({ layout, state, feed, pausing, isList, isNow, isBack, onMove }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [selected, select] = useSearchParam("sel");
  const { lines } = layout;
  const places = useMemo(() => placesOf(lines, isList ? listHeights : heights), [lines, isList]);
  const { shown, width, onScroll, reveal, follow } = useShown(box, {
    lines,
    places,
    onEnd: (isAtEnd) => (isAtEnd ? pausing.reachEnd() : pausing.leaveEnd()),
    onStart: () => {
      if (state.hasOlder && !state.isLoading) void feed.loadOlder();
    },
  });
  const spread = spreadOver(width, layout.lanes.length);
  const { entered, enter, onKeyDown } = useSteps(box, lines, (at) => reveal(at, isList ? 0 : headHeight));

  function toEnd() {
    follow();
    pausing.toEnd();
  }

  function open(key: string) {
    enter(key);
    select(key);
  }

  return (
    <div className="wire-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its lines are buttons, and the keys are theirs */}
      <div ref={box} className="wire-scroll" tabIndex={-1} onScroll={onScroll} onKeyDown={onKeyDown}>
        {isList ? undefined : <LaneHeads lanes={layout.lanes} spread={spread} onMove={onMove} />}
        <Sheet
          layout={layout}
          places={places}
          shown={shown}
          spread={isList ? undefined : spread}
          isNow={isNow}
          entered={entered}
          selected={selected}
          onOpen={open}
        />
      </div>
      <NewPill pausing={{ ...pausing, toEnd }} isBack={isBack} />
    </div>
  );
}
