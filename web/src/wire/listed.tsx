import { memo } from "react";
import { visible } from "../../../src/core/visible.ts";
import { clockTime } from "../../../src/view/ages.ts";
import { markOf } from "../../../src/view/sender.ts";
import type { ArrowLine } from "../../../src/view/wire/layout.ts";
import { sentenceOf } from "../../../src/view/wire/sentence.ts";
import { saidOf, spokenBy } from "../../../src/view/wire/spoken.ts";
import { useNow } from "../parts/now.ts";
import { ProgressLabel } from "../parts/progress-label.tsx";
import type { LineProps } from "./line.tsx";

/** A line of the same diagram as one of a list: for narrow screens, and for whoever would rather read. */
export const Listed = memo(function Listed({ line, top, height, place, count, ...rest }: LineProps) {
  const now = useNow();
  return (
    <li
      className="wire-line wire-listed"
      style={{ top, height }}
      aria-setsize={count}
      aria-posinset={place}
      data-kind={line.kind}
    >
      {line.kind === "arrow" ? (
        <Spoken line={line} {...rest} />
      ) : (
        <span className="wire-day">{sentenceOf(line, now)}</span>
      )}
    </li>
  );
});

function Spoken({
  line,
  isCurrent,
  isSelected,
  onOpen,
}: Omit<LineProps, "line" | "top" | "height" | "place" | "count"> & { readonly line: ArrowLine }) {
  const { message, receipts } = line.row;
  const { from, to } = spokenBy(line.row);
  return (
    <button
      type="button"
      className="wire-open"
      data-key={line.key}
      data-stroke={line.stroke}
      tabIndex={isCurrent ? 0 : -1}
      aria-current={isSelected}
      onClick={() => onOpen(line.key)}
    >
      <time dateTime={new Date(message.acceptedAt).toISOString()}>{clockTime(message.acceptedAt)}</time>{" "}
      <span className="wire-whom">
        <Name of={from} /> {to.length === 0 ? undefined : <span className="wire-to">→ </span>}
        {to.map((name) => (
          <Name key={name} of={name} />
        ))}
      </span>{" "}
      <bdi className="wire-said">{line.label}</bdi>{" "}
      {line.isInLoop ? <span className="progress-error">in a loop </span> : undefined}
      <ProgressLabel receipts={receipts} isQuestion={saidOf(message).type === "question"} />
    </button>
  );
}

const Name = ({ of: name }: { readonly of: string }) => (
  <bdi className={`wire-name hue-${markOf(name).hue}`}>{visible(name, { keepsLines: false })}</bdi>
);
