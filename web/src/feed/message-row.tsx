import { memo, type MouseEvent } from "react";
import { Link } from "wouter";
import { visible } from "../../../src/core/visible.ts";
import { clockTime } from "../../../src/view/ages.ts";
import type { MessageRow as Row } from "../../../src/view/live/rows.ts";
import { gistOf, saidBy } from "../../../src/view/said.ts";
import { markOf } from "../../../src/view/sender.ts";
import { ProgressLabel } from "../parts/progress-label.tsx";
import { SenderMark } from "../parts/sender-mark.tsx";
import { paths } from "../routes.ts";
import { GistText } from "./gist-text.tsx";
import "./message-row.css";

interface Props {
  readonly row: Row;
  /** In its thread: the first has place 0. */
  readonly place: number | undefined;
  readonly replies: number | undefined;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly showsChannel: boolean;
  readonly onOpen: (id: string) => void;
}

/** A message in a list: who to whom, what kind, a few words of it, and how far it got. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { row, place, replies, isSelected, isActive, showsChannel, onOpen } = props;
  const { message, receipts } = row;
  const said = saidBy(message);
  const { sender, channel, acceptedAt } = message;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the list has the keys, and a button in the row does the same
    <article
      className="message-row"
      data-line
      data-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      aria-current={isSelected ? "true" : undefined}
      onClick={(event) => isMeant(event) && onOpen(row.key)}
    >
      <time dateTime={new Date(acceptedAt).toISOString()}>{clockTime(acceptedAt)}</time>
      <SenderMark sender={sender} />
      <div className="message-row-said">
        <p className="message-row-head">
          <button type="button" className="message-row-open" tabIndex={-1} onClick={() => onOpen(row.key)}>
            <bdi className={`message-row-who hue-${markOf(sender).hue}`}>{inLine(sender)}</bdi>
          </button>{" "}
          {showsChannel ? (
            <>
              in{" "}
              <Link href={paths.channel(channel)} tabIndex={isActive ? 0 : -1}>
                <bdi>{inLine(channel)}</bdi>
              </Link>{" "}
            </>
          ) : undefined}
          {said.to === undefined ? undefined : (
            <>
              to <bdi>{inLine(said.to)}</bdi>{" "}
            </>
          )}
          {said.type === undefined ? undefined : <span className="message-row-type">{inLine(said.type)}</span>}
        </p>
        <GistText gist={gistOf(said.body)} />
        {said.thread === undefined ? undefined : (
          <Link className="message-row-thread" href={paths.thread(said.thread)} tabIndex={isActive ? 0 : -1}>
            <bdi>{inLine(said.thread)}</bdi>
            {placeWords(place, replies)}
          </Link>
        )}
      </div>
      <ProgressLabel receipts={receipts} isQuestion={said.type === "question"} />
    </article>
  );
});

const inLine = (text: string) => visible(text, { keepsLines: false });

function placeWords(place: number | undefined, replies: number | undefined): string {
  if (place === undefined || replies === undefined || replies === 0) return "";
  if (place > 0) return ` · reply ${place} of ${replies}`;
  return replies === 1 ? " · 1 reply" : ` · ${replies} replies`;
}

/** A click on a link or a button is that one's, and whoever marks text opens nothing. */
function isMeant({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  if (!(target instanceof Element) || target.closest("a, button") !== null) return false;
  const selection = getSelection();
  return selection === null || selection.isCollapsed || !selection.containsNode(currentTarget, true);
}
