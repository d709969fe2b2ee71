import type { Notice } from "../core/notice.ts";
import { unansweredBy, unreadByDeadline, unreadInTime } from "../core/question.ts";
import { isLater, type Mark, type Receipt } from "../core/receipt.ts";
import { formatTime } from "../core/time.ts";

/** What is to be said and marked for a receipt with a duty whose time has come. */
export interface Done {
  readonly notice?: Notice | undefined;
  readonly mark: Omit<Mark, "seq" | "agent">;
}

/** Made of nothing but the receipt, so that two processes do the same. Undefined: nothing is due. */
export function doneFor(receipt: Receipt): Done | undefined {
  const { due } = receipt;
  switch (due?.what) {
    case "expire":
      return expired(receipt);
    case "remind":
      return reminded(receipt, due.deadline ?? due.at);
    case "deadline":
      return isRead(receipt) ? overdue(receipt, due.at) : unread(receipt);
    case undefined:
      return undefined;
  }
}

const isRead = ({ state }: Receipt) => isLater(state, "expired");

const expired = (receipt: Receipt): Done => ({
  notice: toSender(
    receipt,
    "expired",
    `${receipt.agent} did not read ${receipt.messageId} within its time: it expired.`,
  ),
  mark: { state: "expired", reason: unreadInTime, due: null },
});

const unread = (receipt: Receipt): Done => ({
  notice: toSender(
    receipt,
    "deadline",
    `${receipt.agent} did not read your question ${receipt.messageId} by its deadline: it expired.`,
  ),
  mark: { state: "expired", reason: unreadByDeadline, due: null },
});

function overdue(receipt: Receipt, at: number): Done {
  const { agent, messageId } = receipt;
  const text = `${agent} has read your question ${messageId}, and gave no answer by ${formatTime(at)}. An answer that comes later still reaches you.`;
  return { notice: toSender(receipt, "deadline", text), mark: { reason: unansweredBy(at), due: null } };
}

function reminded(receipt: Receipt, deadline: number): Done {
  const { seq, agent, sender, messageId } = receipt;
  const mark = { due: { what: "deadline", at: deadline } } as const;
  // Of a message that is kept back its agent knows nothing.
  if (receipt.state === "held") return { mark };
  const text = `${sender} waits for your answer to ${messageId}, by ${formatTime(deadline)}.`;
  const notice = { about: receipt, to: agent, type: "reminder", text, key: `remind/${seq}/${agent}` } as const;
  return { notice, mark };
}

const toSender = (receipt: Receipt, what: string, text: string): Notice => ({
  about: receipt,
  to: receipt.sender,
  type: "notice",
  text,
  key: `${what}/${receipt.seq}/${receipt.agent}`,
});
