import type { DatabaseSync } from "node:sqlite";
import type { ChannelName, Seq } from "../../core/message.ts";
import { createAccounts, type Opened } from "./accounts.ts";
import { type Account, prepareChannels } from "./channel-rows.ts";
import { prepare } from "./prepare.ts";

/**
 * The counters of one transaction: read when it first needs them, kept in memory while it runs, written once by
 * `save`. So a hundred messages in a transaction cost one update of their channel, not a hundred.
 */
export interface Ledger {
  /** The newest seq of the bridge when the transaction began, and now. */
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
  /** How many channels have messages. */
  readonly channels: number;
  readonly cursors: number;
  /** The channels that were given entries. */
  readonly touched: ReadonlySet<ChannelName>;
  known(name: ChannelName): Account | undefined;
  /** The channel's account; makes one if there is none. */
  open(name: ChannelName): Account;
  at(id: number): Account;
  /** A position for the channel's next entry: the next of the log, or `seq` where the caller knows that it is free. */
  place(account: Account, seq?: Seq): { readonly seq: Seq; readonly prev: Seq };
  /** Counts a message that was placed. */
  countMessage(account: Account, sender: string, acceptedAt: number): void;
  /** Forgets the sender's oldest message of the channel. */
  forgetMessage(account: Account, sender: string): void;
  /** Forgets all messages of the channel; its entries are left to the sweep. */
  forgetMessages(account: Account): void;
  /** Counts messages that are back after a clear; from now on the channel's id is `id`. */
  restoreMessages(account: Account, count: number, id: number): void;
  countCursor(): void;
  /** Continues the log and the channel behind `seq`, which another bridge gave. */
  skipTo(seq: Seq, account?: Account): void;
  save(): void;
}

interface BridgeRow {
  last_seq: Seq;
  known: number;
  channels: number;
  messages: number;
  cursors: number;
}

export function prepareLedger(database: DatabaseSync, maxChannels: () => number): () => Ledger {
  const rows = prepareChannels(database);
  const readBridge = prepare<BridgeRow>(database, "SELECT last_seq, known, channels, messages, cursors FROM bridge");
  const writeBridge = prepare(
    database,
    "UPDATE bridge SET last_seq = ?, known = ?, channels = ?, messages = ?, cursors = ?",
  );

  return () => {
    const bridge = readBridge.get() ?? { last_seq: 0 as Seq, known: 0, channels: 0, messages: 0, cursors: 0 };
    const firstSeq = bridge.last_seq;
    const before = JSON.stringify(bridge);
    const accounts = createAccounts(rows);
    const touched = new Set<ChannelName>();

    function change({ id }: Account): Opened {
      const opened = accounts.withId(id);
      opened.isChanged = true;
      return opened;
    }

    function setMessages({ account }: Opened, messages: number): void {
      bridge.channels += Number(messages > 0) - Number(account.messages > 0);
      bridge.messages += messages - account.messages;
      account.messages = messages;
    }

    /** Names that are never used again must not fill the disk: the channel that is dead for longest makes room. */
    function makeRoom(): void {
      const forgotten = bridge.known < 2 * maxChannels() ? undefined : accounts.forgetLongestDead();
      if (forgotten === undefined) return;
      bridge.known -= 1;
      bridge.cursors -= forgotten.cursors;
    }

    return {
      firstSeq,
      touched,
      get lastSeq() {
        return bridge.last_seq;
      },
      get channels() {
        return bridge.channels;
      },
      get cursors() {
        return bridge.cursors;
      },
      known: (name) => accounts.named(name)?.account,
      open(name) {
        const found = accounts.named(name);
        if (found !== undefined) return found.account;
        makeRoom();
        bridge.known += 1;
        return accounts.add(name).account;
      },
      at: (id) => accounts.withId(id).account,
      place(to, seq = (bridge.last_seq + 1) as Seq) {
        const { account } = change(to);
        const prev = account.lastSeq;
        account.lastSeq = seq;
        bridge.last_seq = seq;
        touched.add(account.name);
        return { seq, prev };
      },
      countMessage(to, sender, acceptedAt) {
        const one = change(to);
        setMessages(one, one.account.messages + 1);
        one.account.ordinal += 1;
        one.account.lastAcceptedAt = acceptedAt;
        one.senders.set(sender, (one.senders.get(sender) ?? 0) + 1);
      },
      forgetMessage(of, sender) {
        const one = change(of);
        setMessages(one, one.account.messages - 1);
        one.senders.set(sender, (one.senders.get(sender) ?? 0) - 1);
      },
      forgetMessages(of) {
        const one = change(of);
        setMessages(one, 0);
        accounts.abandonEntries(one);
      },
      restoreMessages(of, count, id) {
        const one = change(of);
        setMessages(one, one.account.messages + count);
        if (id !== of.id) accounts.renumber(one, id);
      },
      countCursor() {
        bridge.cursors += 1;
      },
      skipTo(seq, of) {
        bridge.last_seq = Math.max(bridge.last_seq, seq) as Seq;
        if (of !== undefined && of.lastSeq < seq) change(of).account.lastSeq = seq;
      },
      save() {
        accounts.save();
        const { last_seq, known, channels, messages, cursors } = bridge;
        if (JSON.stringify(bridge) !== before) writeBridge.run(last_seq, known, channels, messages, cursors);
      },
    };
  };
}
