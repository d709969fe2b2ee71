import { markOf } from "../../../src/view/sender.ts";
import "./sender-mark.css";

/** A sender's letters in its machine's shape. The name is beside it, so nothing of it is read out. */
export function SenderMark({ sender }: { readonly sender: string }) {
  const { monogram, hue, shape } = markOf(sender);
  return (
    <span className={`sender-mark sender-mark-${shape} hue-${hue}`} aria-hidden="true">
      <span>{monogram}</span>
    </span>
  );
}
