import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { ReceivedMessage } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import { saidOf } from "../../../src/view/wire/spoken.ts";
import { useLive } from "../bridge/bridge.tsx";
import { Button, Key } from "../parts/button.tsx";
import "./composer.css";
import { patienceMs } from "./patience.ts";
import { useReply } from "./reply.ts";

/** Writes a message into a channel. The row stands there at once, and its receipt fills in. */
export function Composer({ channel, onSend }: { readonly channel: string; readonly onSend: () => void }) {
  const live = useLive();
  const [content, setContent] = useState("");
  const [answered, answer] = useReply();
  const field = useRef<HTMLTextAreaElement>(null);
  const reply = answered?.channel === channel ? answered : undefined;
  useEffect(() => {
    if (reply !== undefined) field.current?.focus();
  }, [reply]);

  function send() {
    if (content.trim() === "") return;
    setContent("");
    // Why it failed stands in its row.
    const outgoing = { channel, content, sender: "you", ...(reply && replyWords(reply)) };
    live.outbox.send(outgoing, { patienceMs }).catch(() => {});
    answer(undefined);
    onSend();
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    send();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
  }

  return (
    <form className="composer" onSubmit={onSubmit}>
      {reply === undefined ? undefined : (
        <Button kind="quiet" aria-label={`Do not reply to ${visible(reply.sender)}`} onClick={() => answer(undefined)}>
          Reply to <bdi>{visible(reply.sender)}</bdi> ✕
        </Button>
      )}
      <textarea
        ref={field}
        aria-label={`Message to ${channel}`}
        placeholder={`Message to ${channel}`}
        rows={1}
        value={content}
        onChange={(event) => setContent(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button kind="primary" type="submit">
        Send <Key>⌘↵</Key>
      </Button>
    </form>
  );
}

/** To whom the message is from, in its thread. */
const replyWords = (message: ReceivedMessage) => ({
  to: message.sender,
  replyTo: message.id,
  threadId: saidOf(message).thread,
});
