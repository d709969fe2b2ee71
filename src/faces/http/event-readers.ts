import type { ChannelName, Seq } from "../../core/message.ts";
import type { Scope } from "../../core/scope.ts";
import type { Chunk } from "./event-chunk.ts";

export interface LiveReader {
  readonly scope: Scope;
  /** It has everything of its scope up to here. The hub moves it. */
  after: Seq;
  /** Takes bytes; false when it can take no more for now, and leaves. */
  write(chunk: Chunk): boolean;
  /** It was made to leave: it could not keep up, the bridge closes, or the log cannot be read, for this `failure`. */
  onLeft(failure?: unknown): void;
}

/** Who is live now, found without a search by those who listen to one channel. */
export interface Readers {
  add(reader: LiveReader): void;
  remove(reader: LiveReader): void;
  /** Of this channel alone. */
  of(channel: ChannelName): readonly LiveReader[];
  /** Of several channels or of patterns. */
  wide(): readonly LiveReader[];
  all(): readonly LiveReader[];
}

export function createReaders(): Readers {
  const narrow = new Map<ChannelName, Set<LiveReader>>();
  const wide = new Set<LiveReader>();
  const channelOf = ({ scope: { names, patterns } }: LiveReader) =>
    names.length === 1 && patterns.length === 0 ? names[0] : undefined;

  return {
    add(reader) {
      const channel = channelOf(reader);
      if (channel === undefined) wide.add(reader);
      else narrow.set(channel, (narrow.get(channel) ?? new Set()).add(reader));
    },
    remove(reader) {
      const channel = channelOf(reader);
      if (channel === undefined) {
        wide.delete(reader);
        return;
      }
      const set = narrow.get(channel);
      set?.delete(reader);
      if (set?.size === 0) narrow.delete(channel);
    },
    of: (channel) => [...(narrow.get(channel) ?? [])],
    wide: () => [...wide],
    all: () => [...wide, ...[...narrow.values()].flatMap((set) => [...set])],
  };
}
