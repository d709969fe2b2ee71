import { visible } from "../core/visible.ts";
import { clockTime } from "./ages.ts";
import type { NoticeRow } from "./live/rows.ts";

/** What happened to a channel beside its messages, in one harmless sentence. */
export function wordsOfNotice(entry: NoticeRow["entry"]): string {
  const channel = visible(entry.channel, { keepsLines: false });
  if (entry.kind === "gap") return `Older messages of ${channel} were deleted by age before they could be shown.`;
  const by = entry.by === undefined ? "" : ` by ${visible(entry.by, { keepsLines: false })}`;
  const done = entry.kind === "cleared" ? "cleared" : "brought back";
  return `${clockTime(entry.acceptedAt)}  ${entry.count} messages of ${channel} were ${done}${by}.`;
}
