import type { StreamEntry } from "../../../client/index.ts";
import type { Ui } from "./ui.ts";

/** How much came that nobody has looked at, by channel. The same map where nothing did. */
export function countUnread(ui: Ui, entries: readonly StreamEntry[], own: string): Ui["unread"] {
  let next: Map<string, number> | undefined;
  for (const entry of entries) {
    if (entry.kind === "message" && entry.sender !== own && !isShown(ui, entry.channel)) {
      next ??= new Map(ui.unread);
      next.set(entry.channel, (next.get(entry.channel) ?? 0) + 1);
    }
    if (entry.kind === "cleared" && ui.unread.has(entry.channel)) (next ??= new Map(ui.unread)).delete(entry.channel);
  }
  return next ?? ui.unread;
}

/** In the list of all channels a message is seen, but its channel is not. */
const isShown = ({ screen, place }: Ui, channel: string) =>
  (screen === "feed" || screen === "wire") && place.channel === channel;
