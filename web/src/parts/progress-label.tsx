import type { Receipt } from "../../../src/client/index.ts";
import { progressOf } from "../../../src/view/progress.ts";
import "./progress-label.css";
import { useNow } from "./now.ts";

interface Props {
  readonly receipts: readonly Receipt[];
  readonly isQuestion: boolean;
}

/** How far a message got, in a glyph and words. */
export function ProgressLabel({ receipts, isQuestion }: Props) {
  const { glyph, words, tone } = progressOf(receipts, useNow(), isQuestion);
  return (
    <span className={`progress progress-${tone}`}>
      <span aria-hidden="true">{glyph}</span> {words}
    </span>
  );
}
