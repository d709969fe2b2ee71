import type { NoticeRow as Row } from "../../../src/view/live/rows.ts";
import { wordsOfNotice } from "../../../src/view/notice.ts";
import "./notice-row.css";

/** What happened to a channel beside its messages. */
export function NoticeRow({ row: { entry } }: { readonly row: Row }) {
  return <p className="notice-row">{wordsOfNotice(entry)}</p>;
}
