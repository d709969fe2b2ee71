import { memo } from "react";
import { visible } from "../../../src/core/visible.ts";
import { clockTime } from "../../../src/view/ages.ts";
import type { MessageRow } from "../../../src/view/live/rows.ts";
import { gistOf, saidBy } from "../../../src/view/said.ts";
import { markOf } from "../../../src/view/sender.ts";
import { SenderMark } from "../parts/sender-mark.tsx";
import { GistText } from "./gist-text.tsx";
import "./message-row.css";

interface Props {
  /** Of the line. */
  readonly name: string;
  readonly first: MessageRow;
  readonly last: MessageRow;
  readonly count: number;
  readonly isOpen: boolean;
  readonly isActive: boolean;
  readonly onToggle: (key: string) => void;
}

/** Many messages of one sender within a moment, and the last of them. */
export const BurstRow = memo(function BurstRow({ name, first, last, count, isOpen, isActive, onToggle }: Props) {
  const { acceptedAt, sender } = first.message;
  return (
    <article className="message-row" data-line tabIndex={isActive ? 0 : -1}>
      <time dateTime={new Date(acceptedAt).toISOString()}>{clockTime(acceptedAt)}</time>
      <SenderMark sender={sender} />
      <div className="message-row-said">
        <p className="message-row-head">
          <bdi className={`message-row-who hue-${markOf(sender).hue}`}>{visible(sender, { keepsLines: false })}</bdi>,{" "}
          {count} messages
        </p>
        {isOpen ? undefined : <GistText gist={gistOf(saidBy(last.message).body)} isOneLine />}
      </div>
      <button type="button" className="button button-quiet" aria-expanded={isOpen} onClick={() => onToggle(name)}>
        {isOpen ? "Fold" : "Show all"}
      </button>
    </article>
  );
});
