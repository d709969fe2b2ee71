import { nowHeight, type Spread } from "../../../src/view/wire/geometry.ts";
import type { WireLayout } from "../../../src/view/wire/layout.ts";
import type { Places } from "../../../src/view/wire/places.ts";
import { Drawing, type Shown } from "./drawing.tsx";
import { Line } from "./line.tsx";
import { Listed } from "./listed.tsx";

interface Props {
  readonly layout: WireLayout;
  readonly places: Places;
  readonly shown: Shown;
  /** Without one it is a list. */
  readonly spread: Spread | undefined;
  /** It ends with what is now. */
  readonly isNow: boolean;
  /** The message that the keyboard is at, and the one that is open. */
  readonly entered: string | undefined;
  readonly selected: string | undefined;
  readonly onOpen: (key: string) => void;
}

/** As high as all lines, with those that are on the screen on it. */
export function Sheet({ layout, places, shown, spread, isNow, entered, selected, onOpen }: Props) {
  const { lines } = layout;
  return (
    <div className="wire-sheet" style={{ height: places.total + nowHeight, width: spread?.width }}>
      {spread === undefined ? undefined : (
        <Drawing layout={layout} places={places} spread={spread} shown={shown} endsNow={isNow} />
      )}
      <ol aria-label="Messages in order">
        {lines.slice(shown.first, shown.end).map((line, at) => {
          const index = shown.first + at;
          const common = {
            line,
            top: places.topOf(index),
            height: places.topOf(index + 1) - places.topOf(index),
            place: index + 1,
            count: lines.length,
            isCurrent: line.key === entered,
            isSelected: line.key === selected,
            onOpen,
          };
          return spread === undefined ? (
            <Listed key={line.key} {...common} />
          ) : (
            <Line key={line.key} {...common} spread={spread} />
          );
        })}
      </ol>
      {isNow ? (
        <p className="wire-now-word" style={{ top: places.total }}>
          now
        </p>
      ) : undefined}
    </div>
  );
}
