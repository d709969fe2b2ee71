import type { ReceivedMessage } from "../../../client/index.ts";
import { visible } from "../../../core/visible.ts";
import { wordsOf } from "../../../view/message-words.ts";
import { localTimeToSeconds } from "../times.ts";
import { visibleOnLine } from "../visible-on-line.ts";

/** The end of an id tells messages of one bridge apart. */
const shortId = (id: string): string => id.slice(-shortIdLength);
const shortIdLength = 6;

/** For people. What goes over several lines is set in, so that no text can look like the next message. */
export function toLines(message: ReceivedMessage): string {
  const { id, channel, sender, acceptedAt } = message;
  const { text, type, to } = wordsOf(message);
  const who = `${visibleOnLine(sender)}${to === undefined ? "" : ` → ${visibleOnLine(to)}`}`;
  const kind = type === undefined || type === "message" ? "" : ` (${visibleOnLine(type)})`;
  const head = `${localTimeToSeconds(acceptedAt)}  ${shownId(id)}  ${visibleOnLine(channel)}  ${who}${kind}: `;
  return head + setIn(text);
}

/** An imported id may be any text. */
export const shownId = (id: string): string => visibleOnLine(shortId(id));

/** With nothing in it that a terminal would obey. */
export const setIn = (text: string): string => visible(text).trimEnd().replaceAll("\n", "\n    ");
