import { useMemo } from "react";
import { Link } from "wouter";
import { visible } from "../../../src/core/visible.ts";
import { age, duration } from "../../../src/view/ages.ts";
import { type Thread, threadsOf, threadWords } from "../../../src/view/threads.ts";
import { labelOf } from "../../../src/view/wire/spoken.ts";
import type { OpenFeed } from "../bridge/feed-handle.ts";
import { Button } from "../parts/button.tsx";
import { useNow } from "../parts/now.ts";
import { SenderMark } from "../parts/sender-mark.tsx";
import { paths } from "../routes.ts";
import "./threads.css";

interface Props extends OpenFeed {
  /** What they are of, for those who do not see them. */
  readonly label: string;
}

/** More participants are counted. */
const mostMarks = 4;

/** The threads of the messages that are loaded, one row each: those that stand still first. */
export function Threads({ state: { rows, hasOlder, isLoading }, feed, label }: Props) {
  const now = useNow();
  const threads = useMemo(() => threadsOf(rows, now), [rows, now]);
  const longest = Math.max(1, ...threads.map(({ beganAt, lastAt }) => lastAt - beganAt));
  return (
    <div className="threads">
      {threads.length === 0 && !isLoading ? (
        <p className="threads-empty">
          None of these messages is in a thread. A message is in one when it is sent with a thread's name.
        </p>
      ) : undefined}
      <ul aria-label={`Threads: ${label}`}>
        {threads.map((thread) => (
          <ThreadRow key={thread.name} thread={thread} now={now} longest={longest} />
        ))}
      </ul>
      {hasOlder ? (
        <Button className="threads-older" disabled={isLoading} onClick={() => void feed.loadOlder()}>
          {isLoading ? "Reading older messages" : "Look in older messages"}
        </Button>
      ) : undefined}
    </div>
  );
}

interface RowProps {
  readonly thread: Thread;
  readonly now: number;
  /** The duration that has the whole width, in milliseconds. */
  readonly longest: number;
}

function ThreadRow({ thread, now, longest }: RowProps) {
  const { name, state, participants, messages, beganAt, lastAt, last } = thread;
  const took = lastAt - beganAt;
  return (
    <li className="thread-row">
      <span className={`thread-state thread-state-${state}`}>{threadWords[state]}</span>
      <div className="thread-said">
        <Link href={paths.thread(name)} className="thread-open">
          <bdi>{visible(name, { keepsLines: false })}</bdi>
        </Link>
        <p className="thread-last">
          <bdi>{visible(last.message.sender, { keepsLines: false })}</bdi> <bdi>{labelOf(last.message)}</bdi>
        </p>
      </div>
      <span className="thread-who" title={participants.map((one) => visible(one, { keepsLines: false })).join(", ")}>
        <span className="hidden-but-read">
          {participants.map((one) => visible(one, { keepsLines: false })).join(", ")}
        </span>
        {participants.slice(0, mostMarks).map((one) => (
          <SenderMark key={one} sender={one} />
        ))}
        {participants.length > mostMarks ? <span>+{participants.length - mostMarks}</span> : undefined}
      </span>
      <span className="thread-took">
        <span className="thread-bar" aria-hidden="true">
          <span style={{ width: `${Math.max(2, (100 * took) / longest)}%` }} />
        </span>
        {messages} {messages === 1 ? "message" : `messages in ${duration(took)}`}
      </span>
      <span className="thread-age">{age(now - lastAt)} ago</span>
    </li>
  );
}
