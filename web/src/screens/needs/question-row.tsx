import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import type { OpenQuestion } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { age } from "../../../../src/view/ages.ts";
import { client } from "../../bridge/bridge.tsx";
import { Button } from "../../parts/button.tsx";
import { useNow } from "../../parts/now.ts";
import { SenderMark } from "../../parts/sender-mark.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import { NeedHead } from "./need-row.tsx";

interface Props {
  readonly question: OpenQuestion;
  /** It is answered, and will go away. */
  readonly onDone: () => void;
}

/** What the asker is told of a question that a person puts aside. */
const putAside = "handled without an answer";

/** A question to a person: what it says, its quick answers, and a place for another one. */
export function QuestionRow({ question, onDone }: Props) {
  const { id, channel, sender, text, options, receipt } = question;
  const now = useNow();
  const textId = useId();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    async onSuccess() {
      onDone();
      await queries.invalidateQueries({ queryKey: ["needs"] });
    },
  });
  const answer = (content: string) => mutate(() => client.send({ channel, content, replyTo: id, sender: "you" }));
  const decline = () => mutate(() => client.mark([{ messageId: id, state: "refused", reason: putAside }]));
  return (
    <li className="needs-row needs-question">
      <SenderMark sender={sender} />
      <div className="needs-row-said">
        <NeedHead need={question} to={receipt.agent} />
        <p id={textId} className="needs-question-text" dir="auto">
          {visible(text)}
        </p>
        {options.length === 0 ? undefined : (
          <fieldset className="needs-question-options">
            <legend className="hidden-but-read">Quick answers</legend>
            {options.map((option) => (
              <Button key={option} disabled={isPending} onClick={() => answer(option)}>
                <bdi>{visible(option)}</bdi>
              </Button>
            ))}
          </fieldset>
        )}
        <ReplyForm to={visible(sender)} textId={textId} isBusy={isPending} onReply={answer} onDecline={decline} />
        <Trouble error={error} />
      </div>
      <span className="needs-question-wait">
        <span aria-hidden="true">◆</span> waiting on you {age(now - (receipt.at.stored ?? question.since))}
      </span>
    </li>
  );
}

interface ReplyFormProps {
  readonly to: string;
  /** Of the question's text. */
  readonly textId: string;
  readonly isBusy: boolean;
  readonly onReply: (content: string) => void;
  readonly onDecline: () => void;
}

/** Keeps what was written until the question is gone, so that a reply that fails is not lost. */
function ReplyForm({ to, textId, isBusy, onReply, onDecline }: ReplyFormProps) {
  const [draft, setDraft] = useState("");
  const isEmpty = draft.trim() === "";

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!isEmpty && !isBusy) onReply(draft);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
  }

  return (
    <form className="needs-question-reply" onSubmit={submit}>
      <textarea
        aria-label={`Reply to ${to}`}
        aria-describedby={textId}
        placeholder={`Reply to ${to}`}
        rows={1}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button type="submit" disabled={isBusy || isEmpty}>
        Reply
      </Button>
      <Button kind="quiet" disabled={isBusy} onClick={onDecline}>
        Mark handled
      </Button>
    </form>
  );
}
