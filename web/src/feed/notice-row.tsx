import { visible } from "../../../src/core/visible.ts";
import { clockTime } from "../../../src/view/ages.ts";
import type { NoticeRow as Row } from "../../../src/view/live/rows.ts";
import "./notice-row.css";

/** What happened to a channel beside its messages. */
export function NoticeRow({ row: { entry } }: { readonly row: Row }) {
  return <p className="notice-row">{wordsOf(entry)}</p>;
}

function wordsOf(entry: Row["entry"]): string {
  const channel = visible(entry.channel);
  if (entry.kind === "gap") return `Older messages of ${channel} were deleted by age before they could be shown.`;
  const by = entry.by === undefined ? "" : ` by ${visible(entry.by)}`;
  const done = entry.kind === "cleared" ? "cleared" : "brought back";
  return `${clockTime(entry.acceptedAt)}  ${entry.count} messages of ${channel} were ${done}${by}.`;
}
