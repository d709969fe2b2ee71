import type { BridgeClient, Subscribe } from "../../../client/index.ts";
import { inAnyPattern } from "../../../core/scope.ts";
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
  return channels
    .filter(({ channel }) => inAnyPattern(words, channel))
    .toSorted((a, b) => b.lastAcceptedAt - a.lastAcceptedAt);
}
