import { memo } from "react";
import { visible } from "../../../src/core/visible.ts";
import { clockTime } from "../../../src/view/ages.ts";
import type { MessageRow as Row } from "../../../src/view/live/rows.ts";
import { gistOf, saidBy } from "../../../src/view/said.ts";
import { markOf } from "../../../src/view/sender.ts";
import { ProgressLabel } from "../parts/progress-label.tsx";
import { SenderMark } from "../parts/sender-mark.tsx";
import { GistText } from "./gist-text.tsx";
import "./message-row.css";

interface Props {
  readonly row: Row;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

/** A message in a list: who to whom, what kind, a few words of it, and how far it got. */
export const MessageRow = memo(function MessageRow({ row: { message, receipts }, isSelected, onSelect }: Props) {
  const said = saidBy(message);
  const { sender, acceptedAt } = message;
  return (
    <article className="message-row" data-selected={isSelected}>
      <time dateTime={new Date(acceptedAt).toISOString()}>{clockTime(acceptedAt)}</time>
      <SenderMark sender={sender} />
      <div className="message-row-said">
        <button type="button" className="message-row-open" aria-current={isSelected} onClick={onSelect}>
          <span className={`message-row-who hue-${markOf(sender).hue}`}>{visible(sender)}</span>
          {said.to === undefined ? undefined : <span> to {visible(said.to)}</span>}
          {said.type === undefined ? undefined : <span className="message-row-type"> {visible(said.type)}</span>}
        </button>
        <GistText gist={gistOf(said.body)} />
        {said.thread === undefined ? undefined : <span className="message-row-thread">{visible(said.thread)}</span>}
      </div>
      <ProgressLabel receipts={receipts} isQuestion={said.type === "question"} />
    </article>
  );
});
