import type { ChannelName, Entry, Seq } from "../core/message.ts";

/** Messages of a channel that were deleted by age before they were read. */
export interface Gap {
  readonly kind: "gap";
  readonly channel: ChannelName;
  /** They came after this seq, */
  readonly after: Seq;
  /** and up to this one. */
  readonly upTo: Seq;
}

/** How far a subscription has got: what to come back with, what it has had already, and what is missing. */
export interface Place {
  /** The id to come back with; undefined while there is none. */
  readonly cursor: string | undefined;
  /** For a reader that has had nothing yet. */
  begin(cursor: string): void;
  /** The stream goes on from this seq, whose entry is gone. */
  goOnFrom(seq: Seq): void;
  /** A new connection is opened at the cursor. */
  comeBack(): void;
  /** False for an entry that the reader has had; otherwise true, or the gap that lies before it. */
  take(entry: Entry): boolean | Gap;
}

/** As many channels as a bridge has unless its operator wants more. Beyond that, gaps in the quietest may go unseen. */
const maxChannelsWatched = 10_000;

export function createPlace(start: string | undefined): Place {
  let cursor = start;
  let last = -1 as Seq;
  /** Every channel has been read to here at least. Unknown at first: an id does not tell its seq. */
  let floor = Number.POSITIVE_INFINITY as Seq;
  const reached = new Map<ChannelName, Seq>();

  function reach({ channel, seq }: Entry): void {
    reached.delete(channel);
    reached.set(channel, seq);
    if (reached.size <= maxChannelsWatched) return;
    for (const [quietest, seqThere] of reached) {
      reached.delete(quietest);
      floor = Math.max(floor, seqThere) as Seq;
      return;
    }
  }

  return {
    get cursor() {
      return cursor;
    },
    begin(given) {
      cursor ??= given;
    },
    goOnFrom(seq) {
      last = Math.max(last, seq) as Seq;
      floor = last;
    },
    comeBack() {
      if (last >= 0) floor = last;
    },
    take(entry) {
      const { channel, prev, seq, id, kind } = entry;
      if (seq <= last) return false;
      const after = reached.get(channel) ?? floor;
      [cursor, last] = [id, seq];
      reach(entry);
      // A clear says itself that what was before it is gone.
      return kind === "message" && prev > after ? { kind: "gap", channel, after, upTo: prev } : true;
    },
  };
}
