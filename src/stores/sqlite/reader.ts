import type { DatabaseSync } from "node:sqlite";
import { beginning, type ChannelName, type Entry, type Message, type MessageId, type Seq } from "../../core/message.ts";
import { type Epoch, seqOf } from "../../core/message-id.ts";
import { inScope, isEverything, type Scope } from "../../core/scope.ts";
import { prepare } from "./prepare.ts";
import { entryColumns, type EntryRow, toEntry, toMessage } from "./rows.ts";

export interface Reader {
  read(scope: Scope, after: Seq, limit: number): readonly Entry[];
  tail(scope: Scope, limit: number): readonly Message[];
  remaining(scope: Scope, after: Seq): number;
  find(id: MessageId): Entry | undefined;
}

interface Place {
  readonly seq: Seq;
}

const newer = "SELECT id, name, last_seq AS lastSeq, ordinal, messages FROM channels";
const entries = `SELECT ${entryColumns} FROM entries e JOIN channels c ON c.id = e.channel_id`;

export function prepareReader(database: DatabaseSync, epoch: Epoch): Reader {
  const all = prepare<EntryRow>(database, `${entries} WHERE e.seq > ? ORDER BY e.seq LIMIT ?`);
  const allMessages = prepare<EntryRow>(database, `${entries} WHERE e.count IS NULL ORDER BY e.seq DESC LIMIT ?`);
  const named = prepare<EntryRow>(database, `${entries} WHERE c.name = ? AND e.seq > ? ORDER BY e.seq LIMIT ?`);
  const namedMessages = prepare<EntryRow>(
    database,
    `${entries} WHERE c.name = ? AND e.count IS NULL ORDER BY e.seq DESC LIMIT ?`,
  );
  const withSeq = prepare<EntryRow>(database, `${entries} WHERE e.seq = ?`);
  const withId = prepare<EntryRow>(database, `${entries} WHERE e.id = ?`);
  const withSeqs = prepare<EntryRow>(
    database,
    `${entries} WHERE e.seq IN (SELECT value FROM json_each(?)) ORDER BY e.seq`,
  );
  const places = prepare<Place>(
    database,
    "SELECT seq FROM entries WHERE channel_id = ? AND seq > ? AND seq < ? ORDER BY seq LIMIT ?",
  );
  const messagePlaces = prepare<Place>(
    database,
    "SELECT seq FROM entries WHERE channel_id = ? AND count IS NULL AND seq > ? ORDER BY seq DESC LIMIT ?",
  );
  const firstAfter = prepare<{ ordinalBefore: number }>(
    database,
    `SELECT ordinal - (count IS NULL) AS ordinalBefore FROM entries
     WHERE channel_id = ? AND seq > ? ORDER BY seq LIMIT 1`,
  );
  const channelNamed = prepare<Newer>(database, `${newer} WHERE name = ?`);
  const channelsAfter = prepare<Newer>(database, `${newer} WHERE last_seq > ?`);
  const unswept = prepare(database, "SELECT 1 FROM cleared LIMIT 1");
  const messagesInAll = prepare<{ messages: number }>(database, "SELECT messages FROM bridge");

  /** The scope's channels, without those that a pattern finds and that have nothing after `after`. */
  function channelsOf(scope: Scope, after: Seq): readonly Newer[] {
    if (scope.patterns.length > 0) return channelsAfter.all(after).filter(({ name }) => inScope(scope, name));
    return [...new Set(scope.names)].flatMap((name) => (inScope(scope, name) ? (channelNamed.get(name) ?? []) : []));
  }

  /** Whether the log itself is the answer. Not while it has entries of cleared channels: they could be a long way. */
  const isWholeLog = (scope: Scope) => isEverything(scope) && unswept.get() === undefined;

  /** Each channel is asked only for what comes before the last of those that were found so far. */
  function firstPlaces(channels: readonly Newer[], after: Seq, limit: number): readonly Seq[] {
    let found: readonly Seq[] = [];
    for (const { id } of channels) {
      const before = (found.length < limit ? undefined : found.at(-1)) ?? Number.MAX_SAFE_INTEGER;
      const more = places.all(id, after, before, limit);
      if (more.length > 0) found = inOrder(found, more).slice(0, limit);
    }
    return found;
  }

  /** As above, from the end. */
  function lastPlaces(channels: readonly Newer[], limit: number): readonly Seq[] {
    let found: readonly Seq[] = [];
    for (const { id, lastSeq } of channels.toSorted((a, b) => b.lastSeq - a.lastSeq)) {
      const after = (found.length < limit ? undefined : found[0]) ?? beginning;
      if (lastSeq <= after) break;
      const more = messagePlaces.all(id, after, limit);
      if (more.length > 0) found = inOrder(found, more).slice(-limit);
    }
    return found;
  }

  /** The entries at the places, which were found in the index alone: texts are read only for what is answered. */
  const at = (seqs: readonly Seq[]) => withSeqs.all(JSON.stringify(seqs));

  return {
    read(scope, after, limit) {
      const rows = () => {
        if (isWholeLog(scope)) return all.all(after, limit);
        const name = onlyName(scope);
        if (name !== undefined) return named.all(name, after, limit);
        return at(firstPlaces(channelsOf(scope, after), after, limit));
      };
      return rows().map((row) => toEntry(epoch, row));
    },

    tail(scope, limit) {
      const rows = () => {
        if (isWholeLog(scope)) return allMessages.all(limit).toReversed();
        const name = onlyName(scope);
        if (name !== undefined) return namedMessages.all(name, limit).toReversed();
        return at(lastPlaces(channelsOf(scope, beginning), limit));
      };
      return rows().map((row) => toMessage(epoch, row));
    },

    remaining(scope, after) {
      if (after === beginning && isEverything(scope)) return messagesInAll.get()?.messages ?? 0;
      let sum = 0;
      for (const { id, ordinal, messages } of channelsOf(scope, after)) {
        if (messages > 0) sum += ordinal - (firstAfter.get(id, after)?.ordinalBefore ?? ordinal);
      }
      return sum;
    },

    find(id) {
      const seq = seqOf(epoch, id);
      const own = seq === undefined ? undefined : withSeq.get(seq);
      // An imported message has a seq of this bridge, but is known by the id that it came with.
      const row = own?.id === null ? own : withId.get(id);
      return row && toEntry(epoch, row);
    },
  };
}

/** A channel that may have entries after some position. */
interface Newer {
  readonly id: number;
  readonly name: ChannelName;
  readonly lastSeq: Seq;
  readonly ordinal: number;
  readonly messages: number;
}

function onlyName(scope: Scope): ChannelName | undefined {
  const { names, patterns } = scope;
  const [name] = names;
  return name !== undefined && names.length === 1 && patterns.length === 0 && inScope(scope, name) ? name : undefined;
}

const inOrder = (found: readonly Seq[], more: readonly Place[]) =>
  [...found, ...more.map(({ seq }) => seq)].toSorted((a, b) => a - b);
