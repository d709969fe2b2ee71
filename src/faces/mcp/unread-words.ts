import { quoteName } from "./text.ts";

/** What a line on unread messages says of each: where it is. */
interface Unread {
  readonly channel: string;
}

/** Channels that a nudge names. */
const maxNamed = 3;

/** `2 unread for you in payments:worker`: where, and how many; never what they say. */
function unreadWords(messages: readonly Unread[]): string {
  const channels = [...new Set(messages.map(({ channel }) => channel))];
  const named = channels.slice(0, maxNamed).map(quoteName).join(", ");
  const others = channels.length > maxNamed ? ` and ${channels.length - maxNamed} more channels` : "";
  return `${messages.length} unread for you in ${named}${others}`;
}

export const nudgeText = (messages: readonly Unread[]): string => `${unreadWords(messages)}. Call bridge_receive.`;

export const unreadLine = (messages: readonly Unread[]): string =>
  `${unreadWords(messages)}: bridge_receive without channel shows them.`;
