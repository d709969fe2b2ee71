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

/** Channels that the line on the others names. */
const maxDigested = 5;

/** `Also new: 14 in payments:events, 3 in general:sync.` Empty when there is nothing. */
export function digestLine(digest: readonly { readonly channel: string; readonly messages: number }[]): string {
  if (digest.length === 0) return "";
  const named = digest.slice(0, maxDigested).map(({ channel, messages }) => `${messages} in ${quoteName(channel)}`);
  const others = digest.length > maxDigested ? ` and in ${digest.length - maxDigested} more channels` : "";
  return `Also new: ${named.join(", ")}${others}.`;
}
