import type { ChannelList, ReceivedMessage, StreamEntry } from "../../client/index.ts";

/** What is known of a channel without reading it. */
export interface ChannelInfo {
  readonly name: string;
  readonly messages: number;
  /** Milliseconds since the Unix epoch. */
  readonly lastAcceptedAt: number;
  readonly senders: readonly string[];
}

export type Channels = ReadonlyMap<string, ChannelInfo>;

/** As the bridge counts them. */
export const channelsOf = (list: Pick<ChannelList, "channels">): Channels =>
  new Map(
    list.channels.map(({ channel, messages, lastAcceptedAt, senders }) => [
      channel,
      { name: channel, messages, lastAcceptedAt: lastAcceptedAt ?? 0, senders },
    ]),
  );

/** The same map where nothing of it changed. What the bridge had counted already is not counted again. */
export function countedOn(channels: Channels, entries: readonly StreamEntry[]): Channels {
  let next: Map<string, ChannelInfo> | undefined;
  for (const entry of entries) {
    if (entry.kind === "message") {
      const known = (next ?? channels).get(entry.channel);
      if (known !== undefined && entry.acceptedAt <= known.lastAcceptedAt) continue;
      (next ??= new Map(channels)).set(entry.channel, withMessage(known, entry));
    } else if (entry.kind === "cleared") {
      (next ??= new Map(channels)).delete(entry.channel);
    }
  }
  return next ?? channels;
}

function withMessage(known: ChannelInfo | undefined, { channel, sender, acceptedAt }: ReceivedMessage): ChannelInfo {
  const senders = known?.senders ?? [];
  return {
    name: channel,
    messages: (known?.messages ?? 0) + 1,
    lastAcceptedAt: acceptedAt,
    senders: senders.includes(sender) ? senders : [...senders, sender].toSorted(),
  };
}
