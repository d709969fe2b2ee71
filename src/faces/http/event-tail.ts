import { maxTailBytes, maxTailEntries, tailMs } from "../../core/limits.ts";
import type { Entry, Seq } from "../../core/message.ts";
import { inScope, type Scope } from "../../core/scope.ts";

/** An entry, and the bytes of its event, which all readers share. */
export interface Framed {
  readonly entry: Entry;
  readonly frame: Buffer;
}

/**
 * The newest entries of the whole log, as events, so that live readers and those who come back soon cost no query
 * and no serialisation. Bounded in number, bytes and age; what is older is read from the store.
 */
export interface Tail {
  push(framed: readonly Framed[], now: number): void;
  /** Whether it goes back to `after`. */
  reaches(after: Seq): boolean;
  /** What the scope has after `after`; undefined when the tail does not go back that far. */
  since(after: Seq, scope: Scope): readonly Framed[] | undefined;
  /** The entry with this id, if it is here. */
  find(id: string): Entry | undefined;
}

/** Begins behind `floor`: what came up to there is not in it. */
export function createTail(floor: Seq): Tail {
  let items: Framed[] = [];
  let bytes = 0;
  let before = floor;

  function trim(now: number): void {
    let count = 0;
    for (const { entry, frame } of items) {
      const isTooMuch = items.length - count > maxTailEntries || bytes > maxTailBytes;
      if (!isTooMuch && entry.acceptedAt >= now - tailMs) break;
      bytes -= frame.length;
      before = entry.seq;
      count += 1;
    }
    if (count > 0) items = items.slice(count);
  }

  /** A clear deletes what its channel had before it. */
  function forget({ channel, seq }: Entry): void {
    items = items.filter(({ entry }) => entry.channel !== channel || entry.seq >= seq);
    bytes = items.reduce((sum, { frame }) => sum + frame.length, 0);
  }

  /** What came back is in the store only: whoever has not read up to here reads it there. */
  function beginAt({ seq }: Entry): void {
    items = items.filter(({ entry }) => entry.seq >= seq);
    bytes = items.reduce((sum, { frame }) => sum + frame.length, 0);
    before = (seq - 1) as Seq;
  }

  /** Where in `items` what comes after `seq` begins. */
  function indexAfter(seq: Seq): number {
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((items[middle]?.entry.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    push(framed, now) {
      for (const item of framed) {
        items.push(item);
        bytes += item.frame.length;
      }
      for (const { entry } of framed) {
        if (entry.kind === "cleared") forget(entry);
        if (entry.kind === "restored") beginAt(entry);
      }
      // In steps: a trim copies what stays.
      if (items.length > maxTailEntries * 1.25 || bytes > maxTailBytes || isOld(items[0], now)) trim(now);
    },
    reaches: (after) => after >= before,
    since(after, scope) {
      if (after < before) return undefined;
      const start = indexAfter(after);
      return start === items.length ? [] : items.slice(start).filter(({ entry }) => inScope(scope, entry.channel));
    },
    find: (id) => items.find(({ entry }) => entry.id === id)?.entry,
  };
}

const isOld = (item: Framed | undefined, now: number) => item !== undefined && item.entry.acceptedAt < now - tailMs;
