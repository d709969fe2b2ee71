import { type DragEvent, useState } from "react";
import { visible } from "../../../src/core/visible.ts";
import { markOf } from "../../../src/view/sender.ts";
import type { Lane } from "../../../src/view/wire/lanes.ts";
import type { Spread } from "../../../src/view/wire/geometry.ts";

interface Props {
  readonly lanes: readonly Lane[];
  readonly spread: Spread;
  /** Puts the lane that is at one index at another one. */
  readonly onMove: (from: number, to: number) => void;
}

/** Whose lane each is. They are dragged to where one wants them, or moved with their buttons. */
export function LaneHeads({ lanes, spread, onMove }: Props) {
  const [dragged, setDragged] = useState<number>();
  const drop = (to: number) => (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== undefined && dragged !== to) onMove(dragged, to);
    setDragged(undefined);
  };
  return (
    <ul className="wire-heads" aria-label="Lanes" style={{ width: spread.width }}>
      {lanes.map((lane, at) => (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its buttons do the same
        <li
          key={lane.key}
          className={`wire-head hue-${markOf(lane.name).hue}`}
          draggable={lane.others.length === 0}
          data-dragged={dragged === at}
          title={namesOf(lane)}
          style={{ left: spread.xOf(at), maxWidth: spread.laneWidth - 12 }}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = "move";
            setDragged(at);
          }}
          onDragEnd={() => setDragged(undefined)}
          onDragOver={(event) => event.preventDefault()}
          onDrop={drop(at)}
        >
          <Move label={`Move ${namesOf(lane)} left`} isOff={at === 0} onClick={() => onMove(at, at - 1)}>
            ‹
          </Move>
          <bdi className="wire-head-name">{visible(lane.name, { keepsLines: false })}</bdi>
          <Move
            label={`Move ${namesOf(lane)} right`}
            isOff={at === lanes.length - 1}
            onClick={() => onMove(at, at + 1)}
          >
            ›
          </Move>
        </li>
      ))}
    </ul>
  );
}

interface MoveProps {
  readonly label: string;
  readonly isOff: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

const Move = ({ label, isOff, onClick, children }: MoveProps) => (
  <button
    type="button"
    className="wire-move"
    aria-label={label}
    aria-disabled={isOff}
    onClick={isOff ? undefined : onClick}
  >
    {children}
  </button>
);

const namesOf = ({ name, others }: Lane): string =>
  (others.length === 0 ? [name] : others).map((one) => visible(one, { keepsLines: false })).join(", ");
