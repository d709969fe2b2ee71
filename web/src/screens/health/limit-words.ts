import type { Caps } from "../../../../src/core/limits.ts";
import { visible } from "../../../../src/core/visible.ts";
import { bytes } from "./bytes.ts";

const words: Readonly<Record<keyof Caps, string>> = {
  maxStreams: "Event streams",
  maxStreamsPerChannel: "Streams on one channel",
  streamReplayLimit: "Messages replayed to a stream",
  maxWaits: "Waits",
  maxStreamsPerPrincipal: "Streams of one machine",
  maxWaitsPerPrincipal: "Waits of one machine",
  maxMessagesPerMinute: "Messages a minute of one machine",
  maxBytesPerMinute: "Text a minute of one machine",
  maxSessions: "MCP sessions over HTTP+SSE",
  maxChannels: "Channels",
  maxRequestBytes: "One request",
  maxMessageBytes: "One message",
};

/** A limit in words; one that only a newer bridge has, by its own name. */
export function limitWords(name: string, value: number): readonly [string, string] {
  const known = Object.entries(words).find(([own]) => own === name)?.[1];
  const isPerMinute = name.endsWith("PerMinute");
  const shown = /Bytes/.test(name) ? bytes(value) : value.toLocaleString("en-GB");
  return [known ?? visible(name), isPerMinute && value === 0 ? "no limit" : shown];
}
