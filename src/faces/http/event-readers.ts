import type { ChannelName, Seq } from "../../core/message.ts";
import type { Scope } from "../../core/scope.ts";
import type { Chunk } from "./event-chunk.ts";

/** Whoever reads a part of the bridge. */
export interface ScopedReader {
  readonly scope: Scope;
}

export interface LiveReader<Place extends number = Seq> extends ScopedReader {
  /** It has everything of its scope up to here. Who delivers moves it. */
  after: Place;
  /** Takes bytes; false when it can take no more for now, and leaves. */
  write(chunk: Chunk): boolean;
  /** It was made to leave: it could not keep up, the bridge closes, or nothing can be read, for this `failure`. */
  onLeft(failure?: unknown): void;
}

/** Who is live now, found without a search by those who listen to one channel. */
export interface Readers<Reader extends ScopedReader> {
  add(reader: Reader): void;
  remove(reader: Reader): void;
  /** Of this channel alone. */
  of(channel: ChannelName): readonly Reader[];
  /** Of several channels or of patterns. */
  wide(): readonly Reader[];
  all(): readonly Reader[];
}

export function createReaders<Reader extends ScopedReader>(): Readers<Reader> {
  const narrow = new Map<ChannelName, Set<Reader>>();
  const wide = new Set<Reader>();
  const channelOf = ({ scope: { names, patterns } }: Reader) =>
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
