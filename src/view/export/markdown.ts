import { formatTime } from "../../core/time.ts";
import { visible } from "../../core/visible.ts";
import { wordsOf } from "../message-words.ts";
import type { ExportFormat } from "./export-formats.ts";

/** A heading, and the text fenced by more backticks than it has itself: nothing in it is anything but text. */
export const markdown: ExportFormat = {
  begin: () => "",
  channel: (name) => `# ${plain(name)}\n\n`,
  message(message) {
    const { sender, acceptedAt, id } = message;
    const { text, type, to } = wordsOf(message);
    const whom = to === undefined ? "" : ` to ${plain(to)}`;
    const kind = type === undefined ? "" : `, ${plain(type)}`;
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    const place = `${formatTime(acceptedAt)} · \`${onLine(id).replaceAll("`", "")}\``;
    return `## ${plain(sender)}${whom}${kind}\n\n${place}\n\n${fence}text\n${visible(text)}\n${fence}\n\n`;
  },
  end: "",
};

/** With nothing in it that Markdown would obey. */
const plain = (text: string) => onLine(text).replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, "\\$&");

const onLine = (text: string) => visible(text, { keepsLines: false });
