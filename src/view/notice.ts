import { visible } from "../core/visible.ts";
import { clockTime } from "./ages.ts";
import type { NoticeRow } from "./live/rows.ts";

/**
 * What happened to a channel beside its messages, in one harmless sentence. `before` is when the first message after it
 * was accepted, where there is one.
 */
export function wordsOfNotice(entry: NoticeRow["entry"], before?: number): string {
  const channel = visible(entry.channel, { keepsLines: false });
  if (entry.kind === "gap") {
    const until = before === undefined ? "up to here" : `before ${clockTime(before)}`;
    return `History of ${channel} ${until} was removed.`;
  }
  const by = entry.by === undefined ? "" : ` by ${visible(entry.by, { keepsLines: false })}`;
  const done = entry.kind === "cleared" ? "cleared" : "brought back";
  const messages = entry.count === 1 ? "1 message" : `${entry.count.toLocaleString("en-GB")} messages`;
  return `${clockTime(entry.acceptedAt)}  ${messages} of ${channel} ${entry.count === 1 ? "was" : "were"} ${done}${by}.`;
}
