import { memo } from "react";
import { age, clockTime, dayLabel } from "../../../src/view/ages.ts";
import { progressOf } from "../../../src/view/progress.ts";
import { wordsOfNotice } from "../../../src/view/notice.ts";
import type { ArrowLine, WireLine } from "../../../src/view/wire/layout.ts";
import { whoToWhom } from "../../../src/view/wire/sentence.ts";
import { saidOf } from "../../../src/view/wire/spoken.ts";
import { useNow } from "../parts/now.ts";
import { shapeOf, type Spread } from "../../../src/view/wire/geometry.ts";

/** A line, where it stands, and what is done with it. */
export interface LineProps {
  readonly line: WireLine;
  readonly top: number;
  readonly height: number;
  readonly place: number;
  readonly count: number;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly onOpen: (key: string) => void;
}

interface Props extends LineProps {
  readonly spread: Spread;
}

/** A line of the diagram: what is to be read of it, and what is pressed to open it. */
export const Line = memo(function Line({ line, top, height, place, count, ...rest }: Props) {
  return (
    <li className="wire-line" style={{ top, height }} aria-setsize={count} aria-posinset={place} data-kind={line.kind}>
      {line.kind === "arrow" ? <ArrowWords line={line} {...rest} /> : <Remark line={line} />}
    </li>
  );
});

interface ArrowProps extends Pick<Props, "spread" | "isCurrent" | "isSelected" | "onOpen"> {
  readonly line: ArrowLine;
}

function ArrowWords({ line, spread, isCurrent, isSelected, onOpen }: ArrowProps) {
  const now = useNow();
  const { message, receipts } = line.row;
  const { label } = shapeOf(line, spread);
  const progress = progressOf(receipts, now, saidOf(message).type === "question");
  return (
    <button
      type="button"
      className="wire-open"
      data-key={line.key}
      tabIndex={isCurrent ? 0 : -1}
      aria-current={isSelected}
      onClick={() => onOpen(line.key)}
    >
      <time dateTime={new Date(message.acceptedAt).toISOString()}>{clockTime(message.acceptedAt)}</time>{" "}
      <span className="hidden-but-read">{whoToWhom(line)}, </span>
      <span className="wire-words" data-beside={label.isBeside} style={{ left: label.left, width: label.width }}>
        <bdi>{line.label}</bdi>
      </span>
      {line.isInLoop ? <span className="hidden-but-read">in a loop</span> : undefined}{" "}
      <span
        className={line.stroke === "solid" ? "hidden-but-read" : `wire-progress progress-${progress.tone}`}
        data-beside={label.isBeside}
        style={line.stroke === "solid" ? undefined : { left: label.left, width: label.width }}
      >
        {progress.words}
      </span>
    </button>
  );
}

function Remark({ line }: { readonly line: Exclude<WireLine, ArrowLine> }) {
  const now = useNow();
  switch (line.kind) {
    case "tear":
      return <span className="wire-tear">{age(line.ms)}</span>;
    case "day":
      return <span className="wire-day">{dayLabel(line.at, now)}</span>;
    case "notice":
      return <span className="wire-day">{wordsOfNotice(line.row.entry)}</span>;
  }
}
