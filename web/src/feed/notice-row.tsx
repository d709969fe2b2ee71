import { undoMs } from "../../../src/core/limits.ts";
import type { NoticeRow as Row } from "../../../src/view/live/rows.ts";
import { wordsOfNotice } from "../../../src/view/notice.ts";
import "./notice-row.css";
import { UndoClear } from "./undo-clear.tsx";

interface Props {
  readonly row: Row;
  /** When the first message after it was accepted. */
  readonly before: number | undefined;
  readonly isActive: boolean;
}

/** What happened to a channel beside its messages. */
export function NoticeRow({ row: { entry }, before, isActive }: Props) {
  return (
    <div className="notice-row" data-line tabIndex={isActive ? 0 : -1}>
      <span>{wordsOfNotice(entry, before)}</span>
      {entry.kind === "cleared" ? <UndoClear id={entry.id} until={entry.acceptedAt + undoMs} /> : undefined}
    </div>
  );
}
