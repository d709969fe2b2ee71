import type { DatabaseSync } from "node:sqlite";
import { beginning, type ChannelName, type Seq } from "../../core/message.ts";
import { prepare } from "./prepare.ts";

/** What is counted of a channel. Whoever deletes or inserts entries changes it through the ledger. */
export interface Account {
  readonly id: number;
  readonly name: ChannelName;
  readonly lastSeq: Seq;
  readonly ordinal: number;
  readonly messages: number;
  /** Microseconds since the Unix epoch. */
  readonly lastAcceptedAt: number;
}

/** The rows of `channels` and `senders` as the ledger reads and writes them. */
export interface ChannelRows {
  named(name: ChannelName): Account | undefined;
  withId(id: number): Account | undefined;
  add(name: ChannelName): Account;
  /** Writes the account, and adds to its senders' counters. */
  save(account: Account, senders: ReadonlyMap<string, number>): void;
  /** Gives the channel a new id, which it returns: what has the old one belongs to no channel, and is to be deleted. */
  abandonEntries(id: number): number;
  renumber(from: number, to: number): void;
  /** Deletes the row of the channel that has had no messages for longest, with what is left of it. */
  forgetLongestDead(): Forgotten | undefined;
}

export interface Forgotten {
  readonly id: number;
  readonly name: ChannelName;
  readonly cursors: number;
}

const columns = "id, name, last_seq AS lastSeq, ordinal, messages, last_accepted_at AS lastAcceptedAt";

/** Never one whose rows still wait to be deleted. */
const freeId = `MAX(
  (SELECT COALESCE(MAX(id), 0) FROM channels),
  (SELECT COALESCE(MAX(channel_id), 0) FROM cleared)
) + 1`;

export function prepareChannels(database: DatabaseSync): ChannelRows {
  const byName = prepare<Account>(database, `SELECT ${columns} FROM channels WHERE name = ?`);
  const byId = prepare<Account>(database, `SELECT ${columns} FROM channels WHERE id = ?`);
  const insert = prepare<{ id: number }>(
    database,
    `INSERT INTO channels (id, name, last_seq, ordinal, messages, last_accepted_at)
     VALUES (${freeId}, ?, 0, 0, 0, 0) RETURNING id`,
  );
  const update = prepare(
    database,
    "UPDATE channels SET last_seq = ?, ordinal = ?, messages = ?, last_accepted_at = ? WHERE id = ?",
  );
  const addToSender = prepare(
    database,
    `INSERT INTO senders (channel_id, sender, messages) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET messages = messages + excluded.messages`,
  );
  const forgetSilent = prepare(database, "DELETE FROM senders WHERE channel_id = ? AND sender = ? AND messages <= 0");
  const markCleared = prepare(database, "INSERT INTO cleared (channel_id) VALUES (?)");
  const renew = prepare<{ id: number }>(database, `UPDATE channels SET id = ${freeId} WHERE id = ? RETURNING id`);
  const setId = prepare(database, "UPDATE channels SET id = ? WHERE id = ?");
  const longestDead = prepare<{ id: number; name: ChannelName }>(
    database,
    "SELECT id, name FROM channels WHERE messages = 0 ORDER BY last_seq LIMIT 1",
  );
  const forgetEntries = prepare(database, "DELETE FROM entries WHERE channel_id = ?");
  const forgetCursors = prepare(database, "DELETE FROM cursors WHERE channel = ?");
  const forgetChannel = prepare(database, "DELETE FROM channels WHERE id = ?");

  return {
    named: (name) => byName.get(name),
    withId: (id) => byId.get(id),
    add(name) {
      return { id: idOf(insert.get(name)), name, lastSeq: beginning, ordinal: 0, messages: 0, lastAcceptedAt: 0 };
    },
    save({ id, lastSeq, ordinal, messages, lastAcceptedAt }, senders) {
      update.run(lastSeq, ordinal, messages, lastAcceptedAt, id);
      for (const [sender, more] of senders) {
        if (more !== 0) addToSender.run(id, sender, more);
        if (more < 0) forgetSilent.run(id, sender);
      }
    },
    abandonEntries(id) {
      markCleared.run(id);
      return idOf(renew.get(id));
    },
    renumber(from, to) {
      setId.run(to, from);
    },
    forgetLongestDead() {
      const dead = longestDead.get();
      if (dead === undefined) return undefined;
      forgetEntries.run(dead.id);
      const cursors = forgetCursors.run(dead.name);
      forgetChannel.run(dead.id);
      return { ...dead, cursors };
    },
  };
}

function idOf(row: { readonly id: number } | undefined): number {
  if (row === undefined) throw new Error("a statement with RETURNING returned no row");
  return row.id;
}
