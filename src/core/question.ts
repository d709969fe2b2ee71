import type { MessageId } from "./message.ts";
import type { Receipt } from "./receipt.ts";
import { formatTime } from "./time.ts";

/** A question is a message of this type with a receipt; these are the reasons that the bridge gives for its end. */
export const questionType = "question";

export const unreadInTime = "not read within its time";
export const unreadByDeadline = "nobody read it by its deadline";
export const unansweredBy = (deadline: number): string => `no answer by ${formatTime(deadline)}`;

const cancelled = "cancelled by ";
const superseded = "superseded by ";

export const cancelledBy = (name: string, why?: string): string =>
  `${cancelled}${name}${why === undefined ? "" : `: ${why}`}`;
export const supersededBy = (id: MessageId): string => `${superseded}${id}`;

/** Its asker does not want the answer any more, wherever it had got to. */
export const isWithdrawn = ({ reason = "" }: Pick<Receipt, "reason">): boolean =>
  reason.startsWith(cancelled) || reason.startsWith(superseded);
