import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import type { ChannelName } from "../core/message.ts";
import type { Scope } from "../core/scope.ts";

/** One channel, or several channels and patterns. */
export const scopeInput = {
  channel: fields.channel.optional(),
  channels: fields.channels.optional().describe("several; * is a wildcard, e.g. payments:*"),
};

/** @throws BridgeError `invalid_input` unless exactly one of the two is given. */
export function scopeOf(input: { channel?: ChannelName | undefined; channels?: readonly string[] | undefined }): Scope {
  const { channel, channels } = input;
  if (channel !== undefined && channels !== undefined) {
    throw new BridgeError("invalid_input", "channels: give it or channel, not both", { field: "channels" });
  }
  if (channels !== undefined) return scopeFrom(channels);
  if (channel === undefined) throw new BridgeError("invalid_input", "missing or empty: channel", { field: "channel" });
  return { names: [channel], patterns: [] };
}

/** What has a `*` is a pattern; the rest are names. */
export function scopeFrom(channels: readonly string[]): Scope {
  const isPattern = (text: string) => text.includes("*");
  const names = channels.filter((text) => !isPattern(text)) as ChannelName[];
  return { names: [...new Set(names)], patterns: channels.filter(isPattern) };
}
