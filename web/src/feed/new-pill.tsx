import "./new-pill.css";
import type { Pausing } from "./use-pausing.ts";

interface Props {
  readonly pausing: Pausing;
  /** The list stands further back than the newest. */
  readonly isBack: boolean;
}

/** What came while the list holds still, and the way there. */
export function NewPill({ pausing: { unseen, isPaused, toEnd }, isBack }: Props) {
  if (!isBack && (!isPaused || unseen === 0)) return undefined;
  const words = unseen === 0 ? "Newest messages" : newMessages(unseen);
  return (
    <button type="button" className="new-pill" onClick={toEnd}>
      {words}
    </button>
  );
}

const newMessages = (count: number) =>
  count === 1 ? "1 new message" : `${count.toLocaleString("en-GB")} new messages`;
