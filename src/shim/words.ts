import { quoteName } from "../faces/mcp/text.ts";
import type { UnreadMessage } from "./unread.ts";

/** Channels that a nudge names. */
const maxNamed = 3;

/** `2 unread for you in payments:worker`: where, and how many; never what they say. */
export function unreadWords(messages: readonly UnreadMessage[]): string {
  const channels = [...new Set(messages.map(({ channel }) => channel))];
  const named = channels.slice(0, maxNamed).map(quoteName).join(", ");
  const others = channels.length > maxNamed ? ` and ${channels.length - maxNamed} more channels` : "";
  return `${messages.length} unread for you in ${named}${others}`;
}

export const nudgeText = (messages: readonly UnreadMessage[]): string =>
  `${unreadWords(messages)}. Call bridge_receive.`;

export const unreadLine = (messages: readonly UnreadMessage[]): string =>
  `${unreadWords(messages)}: bridge_receive without channel shows them.`;
