import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Outgoing, Sent } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import { useLive } from "../bridge/bridge.tsx";
import { useMay } from "../bridge/rights.ts";
import { useCommand } from "../keys/use-command.ts";
import { Button, Key } from "../parts/button.tsx";
import { AnswerNote } from "./answer-note.tsx";
import "./composer.css";
import { patienceMs } from "./patience.ts";
import { Recipient, RecipientHint } from "./recipient.tsx";
import { useReply } from "./reply.ts";
import { ReplyLine } from "./reply-line.tsx";
import { useSender } from "./sender.ts";
import { SenderChoice } from "./sender-choice.tsx";
import { type Draft, useDraft } from "./use-draft.ts";
import { useUnsentGuard } from "./use-unsent-guard.ts";
import { ViewOnly } from "./view-only.tsx";

interface Props {
  readonly channel: string;
  readonly onSend: () => void;
}

/** Writes a message into a channel. The row stands there at once, and its receipt fills in. */
export function Composer({ channel, onSend }: Props) {
  const [draft, change] = useDraft(channel);
  const { sent, deliver } = useDelivery(channel, onSend);
  const text = useRef<HTMLTextAreaElement>(null);
  const reply = useReplyHere(channel, text);
  const mayWrite = useMay("write");
  const focus = () => text.current?.focus();
  useCommand("compose", focus, mayWrite);
  if (!mayWrite) return <ViewOnly />;

  function send() {
    if (draft.content.trim() === "") return focus();
    deliver.send(draft, reply.message?.id);
    change({ content: "" });
    reply.cancel();
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    send();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing) send();
    if (event.key === "Escape") text.current?.blur();
  }

  const name = visible(channel, { keepsLines: false });
  const words = reply.message === undefined ? `Message to ${name}` : `Reply to ${visible(reply.message.sender)}…`;
  return (
    <form className="composer" aria-label={`Write to ${name}`} onSubmit={onSubmit}>
      {reply.message === undefined ? undefined : <ReplyLine message={reply.message} onCancel={reply.cancel} />}
      <div className="composer-how">
        <SenderChoice />
        <Recipient to={draft.to} onChange={(to) => change({ to })} />
        <TypeChoice type={draft.type} onChange={(type) => change({ type })} />
        <RecipientHint to={draft.to === "" ? (reply.message?.sender ?? "") : draft.to} />
      </div>
      <div className="composer-text">
        <textarea
          ref={text}
          aria-label={words}
          placeholder={words}
          rows={1}
          value={draft.content}
          onChange={(event) => change({ content: event.target.value })}
          onKeyDown={onKeyDown}
        />
        <Button kind="primary" type="submit">
          Send <Key>⌘↵</Key>
        </Button>
      </div>
      <AnswerNote sent={sent} onClose={deliver.forget} />
    </form>
  );
}

function useDelivery(channel: string, onSend: () => void) {
  const { outbox } = useLive();
  const sender = useSender();
  const [sent, setSent] = useState<Sent>();
  useUnsentGuard();
  const deliver = {
    forget: () => setSent(undefined),
    send({ content, to, type }: Draft, replyTo: string | undefined) {
      const outgoing: Outgoing = {
        channel,
        content,
        sender: sender.name,
        to: to.trim() || undefined,
        type: type || undefined,
        replyTo,
      };
      // Why it failed stands in its row.
      outbox.send(outgoing, { patienceMs }).then(setSent, () => setSent(undefined));
      onSend();
    },
  };
  return { sent, deliver } as const;
}

/** The message that is answered, if it is of this channel: a reply is written where its question stands. */
function useReplyHere(channel: string, text: RefObject<HTMLTextAreaElement | null>) {
  const [chosen, choose] = useReply();
  const message = chosen?.channel === channel ? chosen : undefined;
  useEffect(() => {
    if (message !== undefined) text.current?.focus();
  }, [message, text]);
  return { message, cancel: () => choose(undefined) } as const;
}

const types = { "": "message", task: "task", question: "question" } as const;

function TypeChoice({ type, onChange }: { readonly type: string; readonly onChange: (type: string) => void }) {
  return (
    <select aria-label="Type" className="composer-type" value={type} onChange={(event) => onChange(event.target.value)}>
      {Object.entries(types).map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  );
}
