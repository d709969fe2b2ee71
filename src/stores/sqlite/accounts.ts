import type { ChannelName } from "../../core/message.ts";
import type { Account, ChannelRows, Forgotten } from "./channel-rows.ts";

/** The channels that one transaction looks at: each is read once, and written once if it was changed. */
export interface Accounts {
  named(name: ChannelName): Opened | undefined;
  /** @throws Error when there is no such row: entries always have one. */
  withId(id: number): Opened;
  add(name: ChannelName): Opened;
  /** Leaves the channel's entries and senders to the sweep. */
  abandonEntries(opened: Opened): void;
  /** Gives the channel an id that is free, and that has its entries and senders already. */
  renumber(opened: Opened, id: number): void;
  save(): void;
  /** As `ChannelRows.forgetLongestDead`, with what this transaction has changed. */
  forgetLongestDead(): Forgotten | undefined;
}

export interface Opened {
  readonly account: { -readonly [Key in keyof Account]: Account[Key] };
  /** How many messages more or less each sender has. */
  readonly senders: Map<string, number>;
  isChanged: boolean;
}

export function createAccounts(rows: ChannelRows): Accounts {
  const byName = new Map<ChannelName, Opened>();
  const byId = new Map<number, Opened>();

  /** A copy that is read and changed fast: SQLite's rows are no ordinary objects. */
  function keep({ id, name, lastSeq, ordinal, messages, lastAcceptedAt }: Account): Opened {
    const account = { id, name, lastSeq, ordinal, messages, lastAcceptedAt };
    const opened: Opened = { account, senders: new Map(), isChanged: false };
    byName.set(name, opened);
    byId.set(id, opened);
    return opened;
  }

  function save(): void {
    for (const opened of byId.values()) {
      if (!opened.isChanged) continue;
      rows.save(opened.account, opened.senders);
      opened.senders.clear();
      opened.isChanged = false;
    }
  }

  return {
    named(name) {
      const row = byName.has(name) ? undefined : rows.named(name);
      return row === undefined ? byName.get(name) : keep(row);
    },
    withId(id) {
      const row = byId.has(id) ? undefined : rows.withId(id);
      const opened = row === undefined ? byId.get(id) : keep(row);
      if (opened === undefined) throw new Error(`the database is inconsistent: channel ${id} has entries but no row`);
      return opened;
    },
    add: (name) => keep(rows.add(name)),
    abandonEntries(opened) {
      const { account, senders } = opened;
      byId.delete(account.id);
      account.id = rows.abandonEntries(account.id);
      byId.set(account.id, opened);
      senders.clear();
    },
    renumber(opened, id) {
      const { account } = opened;
      rows.renumber(account.id, id);
      byId.delete(account.id);
      account.id = id;
      byId.set(id, opened);
    },
    save,
    forgetLongestDead() {
      // Or a channel that came alive in this transaction would still look dead.
      save();
      const forgotten = rows.forgetLongestDead();
      if (forgotten !== undefined) {
        byName.delete(forgotten.name);
        byId.delete(forgotten.id);
      }
      return forgotten;
    },
  };
}
