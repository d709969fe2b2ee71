import { systemClock } from "../../../src/core/clock.ts";
import { clockTime, dayLabel } from "../../../src/view/ages.ts";
import type { Feed } from "../../../src/view/live/feed.ts";
import type { BurstLine } from "../../../src/view/live/lines.ts";
import { Button } from "../parts/button.tsx";
import { BurstRow } from "./burst-row.tsx";
import "./line-view.css";
import { MessageRow } from "./message-row.tsx";
import { NoticeRow } from "./notice-row.tsx";
import { PendingRow } from "./pending-row.tsx";
import type { ListLine } from "./use-lines.ts";

interface Props {
  readonly line: ListLine;
  readonly feed: Feed;
  readonly isSelected: boolean;
  /** The one that the Tab key finds. */
  readonly isActive: boolean;
  readonly showsChannel: boolean;
  readonly onOpen: (id: string) => void;
  readonly onToggle: (burst: string) => void;
}

export function LineView({ line, feed, isSelected, isActive, showsChannel, onOpen, onToggle }: Props) {
  switch (line.kind) {
    case "message":
      return (
        <MessageRow
          row={line.row}
          place={line.thread?.place}
          replies={line.thread?.replies}
          isSelected={isSelected}
          isActive={isActive}
          showsChannel={showsChannel}
          onOpen={onOpen}
        />
      );
    case "notice":
      return <NoticeRow row={line.row} before={line.before} isActive={isActive} />;
    case "burst":
      return <Burst burst={line} isActive={isActive} onToggle={onToggle} />;
    case "pending":
      return <PendingRow pending={line.pending} isActive={isActive} />;
    case "day":
      return <h2 className="line-day">{dayLabel(line.at, systemClock.now())}</h2>;
    case "older":
      return (
        <p className="line-edge" data-line tabIndex={isActive ? 0 : -1}>
          {line.count === undefined ? "Older messages are" : `${olderRows(line.count)}`} not loaded.{" "}
          <Button kind="quiet" onClick={() => void feed.loadOlder()}>
            Load
          </Button>
        </p>
      );
    case "removed":
      return (
        <p className="line-edge">
          History before <time>{clockTime(line.before)}</time> was removed.
        </p>
      );
  }
}

function Burst({ burst, ...rest }: Pick<Props, "isActive" | "onToggle"> & { readonly burst: BurstLine }) {
  const { key, rows, isOpen } = burst;
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return <BurstRow {...{ first, last, isOpen, name: key, count: rows.length }} {...rest} />;
}

const olderRows = (count: number) =>
  count === 1 ? "1 older message is" : `${count.toLocaleString("en-GB")} older messages are`;
