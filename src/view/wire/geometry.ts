import type { ArrowLine } from "./layout.ts";
import type { Heights } from "./places.ts";

/** In pixels, for pages and pictures. */
export const heights: Heights = { arrow: 52, tear: 34, day: 34, notice: 34 };
/** From the top of a line to its arrow: the label is above, how far it got below. */
export const arrowY = 29;
/** Where the times stand. */
const timesWidth = 84;
/** A lane is never so narrow that its arrows have no room for words. */
const narrowestLane = 132;
/** Below the last line, for the line that says "now". */
export const nowHeight = 34;
/** Of an arrow to nobody in particular. */
const stubWidth = 30;
const headGap = 6;

/** How lanes are spread over a width. */
export interface Spread {
  readonly width: number;
  readonly laneWidth: number;
  xOf(lane: number): number;
}

export function spreadOver(available: number, lanes: number): Spread {
  const laneWidth = Math.max(narrowestLane, Math.floor((available - timesWidth) / Math.max(1, lanes)));
  return {
    width: timesWidth + laneWidth * Math.max(1, lanes),
    laneWidth,
    xOf: (lane) => timesWidth + laneWidth * (lane + 0.5),
  };
}

/** The horizontal parts of an arrow: its shaft, its heads, and the room for its label. */
export interface ArrowShape {
  readonly from: number;
  readonly tips: readonly { readonly x: number; readonly direction: 1 | -1 }[];
  /** Back to whom it came from. */
  readonly isOwn: boolean;
  readonly isStub: boolean;
  readonly label: { readonly left: number; readonly width: number; readonly isBeside: boolean };
}

export function shapeOf({ from, to }: Pick<ArrowLine, "from" | "to">, spread: Spread): ArrowShape {
  const x = spread.xOf(from);
  const others = to.filter((lane) => lane !== from);
  const isOwn = to.length > 0 && others.length === 0;
  if (others.length === 0) return besideShape(x, spread, isOwn);
  const xs = others.map(spread.xOf);
  const [left, right] = [Math.min(x, ...xs), Math.max(x, ...xs)];
  const tips = xs.map((tip) => ({ x: tip > x ? tip - headGap : tip + headGap, direction: tip > x ? 1 : -1 }) as const);
  return {
    from: x,
    tips,
    isOwn: false,
    isStub: false,
    label: { left: left + 10, width: right - left - 20, isBeside: false },
  };
}

/** What goes to nobody else has its words beside it, on the side where there is more room. */
function besideShape(x: number, { width }: Spread, isOwn: boolean): ArrowShape {
  const direction = x + stubWidth > width - narrowestLane / 2 && x > width / 2 ? -1 : 1;
  const end = x + direction * stubWidth;
  const room = direction === 1 ? width - end - 14 : end - timesWidth - 8;
  return {
    from: x,
    tips: [{ x: isOwn ? x + direction * headGap : end, direction: isOwn ? (direction === 1 ? -1 : 1) : direction }],
    isOwn,
    isStub: !isOwn,
    label: { left: direction === 1 ? end + 8 : end - 8 - room, width: room, isBeside: true },
  };
}

/** Where the shaft of an arrow to oneself turns round. */
export const ownTurn = (shape: ArrowShape): number => shape.from - (shape.tips[0]?.direction ?? -1) * stubWidth;
