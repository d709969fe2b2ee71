import type { DatabaseSync } from "node:sqlite";
import { beginning, type ChannelName, type Entry, type Message, type MessageId, type Seq } from "../../core/message.ts";
import { type Epoch, seqOf } from "../../core/message-id.ts";
import { inScope, type Scope } from "../../core/scope.ts";
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
    "SELECT seq FROM entries WHERE channel_id = ? AND seq > ? ORDER BY seq LIMIT ?",
  );
  const messagePlaces = prepare<Place>(
    database,
    "SELECT seq FROM entries WHERE channel_id = ? AND count IS NULL ORDER BY seq DESC LIMIT ?",
  );
  const firstAfter = prepare<{ ordinalBefore: number }>(
    database,
    `SELECT ordinal - (count IS NULL) AS ordinalBefore FROM entries
     WHERE channel_id = ? AND seq > ? ORDER BY seq LIMIT 1`,
  );
  const channelNamed = prepare<Newer>(database, "SELECT id, name, ordinal, messages FROM channels WHERE name = ?");
  const channelsAfter = prepare<Newer>(database, "SELECT id, name, ordinal, messages FROM channels WHERE last_seq > ?");
  const messagesInAll = prepare<{ messages: number }>(database, "SELECT messages FROM bridge");

  /** The scope's channels, without those that a pattern finds and that have nothing after `after`. */
  function channelsOf(scope: Scope, after: Seq): readonly Newer[] {
    if (scope.patterns.length > 0) return channelsAfter.all(after).filter(({ name }) => inScope(scope, name));
    return [...new Set(scope.names)].flatMap((name) => channelNamed.get(name) ?? []);
  }

  /** The entries at the places, which were found in the index alone: texts are read only for what is answered. */
  const at = (seqs: readonly Seq[]) => withSeqs.all(JSON.stringify(seqs));

  return {
    read(scope, after, limit) {
      const rows = () => {
        if (scope.patterns.includes("*")) return all.all(after, limit);
        const name = onlyName(scope);
        if (name !== undefined) return named.all(name, after, limit);
        const found = channelsOf(scope, after).flatMap(({ id }) => places.all(id, after, limit));
        return at(seqsOf(found).slice(0, limit));
      };
      return rows().map((row) => toEntry(epoch, row));
    },

    tail(scope, limit) {
      const rows = () => {
        if (scope.patterns.includes("*")) return allMessages.all(limit).toReversed();
        const name = onlyName(scope);
        if (name !== undefined) return namedMessages.all(name, limit).toReversed();
        const found = channelsOf(scope, beginning).flatMap(({ id }) => messagePlaces.all(id, limit));
        return at(seqsOf(found).slice(-limit));
      };
      return rows().map((row) => toMessage(epoch, row));
    },

    remaining(scope, after) {
      if (after === beginning && scope.patterns.includes("*")) return messagesInAll.get()?.messages ?? 0;
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
  readonly ordinal: number;
  readonly messages: number;
}

function onlyName({ names, patterns }: Scope): ChannelName | undefined {
  return names.length === 1 && patterns.length === 0 ? names[0] : undefined;
}

const seqsOf = (places: readonly Place[]) => places.map(({ seq }) => seq).toSorted((a, b) => a - b);
