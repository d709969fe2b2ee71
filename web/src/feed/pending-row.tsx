import { visible } from "../../../src/core/visible.ts";
import { clockTime } from "../../../src/view/ages.ts";
import type { Pending } from "../../../src/view/live/pending.ts";
import { gistOf } from "../../../src/view/said.ts";
import { markOf } from "../../../src/view/sender.ts";
import { useLive, useLiveState } from "../bridge/bridge.tsx";
import { patienceMs } from "../composer/patience.ts";
import { Button } from "../parts/button.tsx";
import { SenderMark } from "../parts/sender-mark.tsx";
import { GistText } from "./gist-text.tsx";
import "./message-row.css";
import "./pending-row.css";

/** What was sent from here, until the bridge shows it to everybody. */
export function PendingRow({ pending, isActive }: { readonly pending: Pending; readonly isActive: boolean }) {
  const { outgoing, at } = pending;
  const { sender = "you", to, type, content = "" } = outgoing;
  return (
    <article className="message-row pending-row" data-line tabIndex={isActive ? 0 : -1}>
      <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
      <SenderMark sender={sender} />
      <div className="message-row-said">
        <p className="message-row-head">
          <bdi className={`message-row-who hue-${markOf(sender).hue}`}>{visible(sender, { keepsLines: false })}</bdi>
          {to === undefined ? undefined : (
            <>
              {" "}
              to <bdi>{visible(to, { keepsLines: false })}</bdi>
            </>
          )}
          {type === undefined ? undefined : <span className="message-row-type"> {type}</span>}
        </p>
        <GistText gist={gistOf(content)} />
      </div>
      <PendingState pending={pending} />
    </article>
  );
}

function PendingState({ pending: { key, sent, error } }: { readonly pending: Pending }) {
  const { outbox } = useLive();
  const isAway = useLiveState(({ connection }) => connection.kind === "retrying");
  if (error === undefined) {
    const words = sent === undefined ? (isAway ? "kept here until the bridge is back" : "sending…") : "stored…";
    return <span className="progress">{words}</span>;
  }
  // Why it failed again stands in the row.
  const sendAgain = () => void outbox.retry(key, { patienceMs }).catch(() => {});
  return (
    <div className="pending-row-failed">
      <span className="progress progress-error" role="alert">
        <span aria-hidden="true">✕</span> not sent: {visible(error.message)}
      </span>
      <Button onClick={sendAgain}>Send again</Button> <Button onClick={() => outbox.drop(key)}>Drop</Button>
    </div>
  );
}
