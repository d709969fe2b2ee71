import { useMemo } from "react";
import { progressOf, type Tone } from "../../../src/view/progress.ts";
import { markOf } from "../../../src/view/sender.ts";
import { type Span, spansOf } from "../../../src/view/wire/bars.ts";
import type { ArrowLine, WireLayout } from "../../../src/view/wire/layout.ts";
import { saidOf } from "../../../src/view/wire/spoken.ts";
import type { Places } from "../../../src/view/wire/places.ts";
import { arrowY, nowHeight, ownTurn, shapeOf, type Spread } from "../../../src/view/wire/geometry.ts";

/** The lines that are on the screen: the first, and the one behind the last. */
export interface Shown {
  readonly first: number;
  readonly end: number;
}

interface Props {
  readonly layout: WireLayout;
  readonly places: Places;
  readonly spread: Spread;
  readonly shown: Shown;
  /** The diagram ends with what is now. */
  readonly endsNow: boolean;
}

/** Lanes, bars and arrows of what is on the screen. Who cannot see them has the same as a list. */
export function Drawing({ layout, places, spread, shown: { first, end }, endsNow }: Props) {
  const top = places.topOf(first);
  const isLast = end >= layout.lines.length;
  const bottom = places.topOf(end) + (isLast ? nowHeight : 0);
  const spans = useMemo(() => spansOf(layout.bars), [layout]);
  const arrows = layout.lines.slice(first, end);
  return (
    <svg
      className="wire-drawing"
      aria-hidden="true"
      width={spread.width}
      height={bottom - top}
      viewBox={`0 ${top} ${spread.width} ${Math.max(1, bottom - top)}`}
      style={{ top }}
    >
      {layout.lanes.map(({ key }, lane) => (
        <line key={key} className="wire-lane" x1={spread.xOf(lane)} x2={spread.xOf(lane)} y1={top} y2={bottom} />
      ))}
      {spans
        .filter(({ from, to }) => from < end && (to ?? end) >= first)
        .map((bar) => (
          <BarMark
            key={`${bar.lane} ${bar.depth} ${bar.from}`}
            bar={bar}
            name={layout.lanes[bar.lane]?.key ?? ""}
            x={spread.xOf(bar.lane)}
            top={Math.max(top, places.topOf(bar.from) + arrowY)}
            bottom={Math.min(bottom, bar.to === undefined ? places.total + 12 : places.topOf(bar.to) + arrowY)}
          />
        ))}
      {arrows.map((line, at) =>
        line.kind === "arrow" ? (
          <Arrow key={line.key} line={line} y={places.topOf(first + at) + arrowY} spread={spread} />
        ) : undefined,
      )}
      {endsNow && isLast ? (
        <path className="wire-now" d={`M${spread.xOf(0) - 40} ${places.total + 12}H${spread.width - 8}`} />
      ) : undefined}
    </svg>
  );
}

interface BarProps {
  readonly bar: Span;
  readonly name: string;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

const barWidth = 10;

function BarMark({ bar, name, x, top, bottom }: BarProps) {
  if (bottom <= top) return undefined;
  return (
    <rect
      className={`wire-bar hue-${markOf(name).hue}`}
      data-open={bar.to === undefined}
      x={x - barWidth / 2 + bar.depth * 4}
      y={top}
      width={barWidth}
      height={bottom - top}
    />
  );
}

function Arrow({ line, y, spread }: { readonly line: ArrowLine; readonly y: number; readonly spread: Spread }) {
  const shape = shapeOf(line, spread);
  const { from, tips, isOwn } = shape;
  const turn = ownTurn(shape);
  const shaft = isOwn ? `M${from} ${y - 8}H${turn}V${y + 4}H${tips[0]?.x ?? from}` : "";
  return (
    <g className={`wire-arrow wire-arrow-${line.isInLoop ? "error" : toneOf(line)}`} data-stroke={line.stroke}>
      {isOwn ? <path d={shaft} /> : tips.map(({ x }) => <path key={x} d={`M${from} ${y}H${x}`} />)}
      {tips.map(({ x, direction }) => (
        <path key={x} className="wire-tip" d={tipAt(x, isOwn ? y + 4 : y, direction)} />
      ))}
      {shape.isStub ? <circle className="wire-origin" cx={from} cy={y} r={3} /> : undefined}
    </g>
  );
}

/** On its way is no reason to worry: that it lies somewhere unread is. */
function toneOf({ stroke, row: { receipts, message } }: ArrowLine): Tone {
  if (stroke === "solid") return "muted";
  return progressOf(receipts, message.acceptedAt, saidOf(message).type === "question").tone;
}

const tipAt = (x: number, y: number, direction: 1 | -1) =>
  `M${x - direction * 8} ${y - 5}L${x} ${y}L${x - direction * 8} ${y + 5}Z`;
