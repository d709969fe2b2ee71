import type { BridgeClient, Subscribe } from "../../../client/index.ts";
import type { ChannelSummary } from "../../../core/store.ts";

/** What a subscription reads: a word with a `*` is a pattern, any other a channel's name. */
export function scopeOf(words: readonly string[]): Pick<Subscribe, "channels" | "patterns"> {
  return {
    channels: words.filter((word) => !word.includes("*")),
    patterns: words.filter((word) => word.includes("*")),
  };
}

/** The channels with messages that these words mean, the one that was used last first. */
export async function channelsIn(client: BridgeClient, words: readonly string[]): Promise<readonly ChannelSummary[]> {
  const { channels } = await client.channels();
  const isMeant = words.map(matcherOf);
  return channels
    .filter(({ channel }) => isMeant.some((matches) => matches(channel)))
    .toSorted((a, b) => b.lastAcceptedAt - a.lastAcceptedAt);
}

function matcherOf(word: string): (name: string) => boolean {
  if (!word.includes("*")) return (name) => name === word;
  const [first = "", ...rest] = word.split("*");
  const last = rest.pop() ?? "";
  return (name) => {
    if (!name.startsWith(first)) return false;
    let at = first.length;
    // The earliest place of each part leaves most room for the next, so that nothing need be tried twice.
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}
