import type { ReceivedMessage } from "../../../client/index.ts";
import { formatTime } from "../../../core/time.ts";
import { visible } from "../../../core/visible.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { wordsOf } from "./words.ts";

export const toMarkdownHead = (channel: string): string => `# ${plain(channel)}\n\n`;

/** A heading, and the text fenced by more backticks than it has itself: nothing in it is anything but text. */
export function toMarkdown(message: ReceivedMessage): string {
  const { sender, acceptedAt, id } = message;
  const { text, type, to } = wordsOf(message);
  const whom = to === undefined ? "" : ` to ${plain(to)}`;
  const kind = type === undefined ? "" : `, ${plain(type)}`;
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `## ${plain(sender)}${whom}${kind}\n\n${formatTime(acceptedAt)} · \`${visibleOnLine(id).replaceAll("`", "")}\`\n\n${fence}text\n${visible(text)}\n${fence}\n\n`;
}

/** With nothing in it that Markdown would obey. */
const plain = (text: string) => visibleOnLine(text).replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, "\\$&");
