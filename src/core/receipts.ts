import type { ChannelName, Message, Seq } from "./message.ts";
import type { Mark, Receipt } from "./receipt.ts";

/** What a store keeps of receipts. They are made with their message (`Draft.addressees`) or by the first mark. */
export interface Receipts {
  /**
   * Marks durably, in one transaction, and answers with the receipts that changed. A mark that is no progress changes
   * nothing, and neither does one of a message that is gone, or of an agent that sent it. A message has at most
   * `maxReceiptsPerMessage` receipts; what more agents have read is not kept.
   */
  record(marks: readonly Mark[]): Promise<readonly Receipt[]>;
  /** All receipts of these messages, by seq and agent. */
  of(seqs: readonly Seq[]): Promise<readonly Receipt[]>;
  /** What these agents have not had in context yet, oldest message first, of messages after `after`. */
  waiting(agents: readonly string[], after: Seq, limit: number): Promise<readonly Waiting[]>;
  /** What these agents had in context of the channel up to `upTo`, and have not acknowledged; the oldest first. */
  unacknowledged(
    agents: readonly string[],
    channel: ChannelName,
    upTo: Seq,
    limit: number,
  ): Promise<readonly Receipt[]>;
  /** How many messages these agents have not had in context yet, by channel. */
  unread(agents: readonly string[]): Promise<readonly Unread[]>;
  /** What is held, of all agents, oldest first. */
  held(limit: number): Promise<readonly Receipt[]>;
  /** What is addressed to these agents and not answered, the newest first, of messages before `before`. */
  open(agents: readonly string[], before: Seq, limit: number): Promise<readonly Waiting[]>;
  /** What nobody had of its agent, not even its machine, and that was sent at or before `sentBy`; oldest first, after `after`. */
  unnoticed(sentBy: number, after: Seq, limit: number): Promise<readonly Waiting[]>;
  /** What is held, has expired or was refused; what changed last comes first. */
  failed(limit: number): Promise<readonly Waiting[]>;
  /** When the next duty is due, or was; undefined when there is none. */
  nextDue(): Promise<number | undefined>;
  /** What is due at `now` or was before, longest first. */
  due(now: number, limit: number): Promise<readonly Receipt[]>;
  /** Receipts that changed after this change, each once with what it is now, in the order of their changes. */
  changes(after: number, limit: number): Promise<readonly Receipt[]>;
  /** The newest change; 0 when there was none. */
  lastChange(): Promise<number>;
  /** Calls `wake` after any change, by any process. Returns the unsubscribe. */
  watch(wake: () => void): () => void;
}

export interface Waiting {
  readonly receipt: Receipt;
  readonly message: Message;
}

export interface Unread {
  readonly channel: ChannelName;
  readonly messages: number;
}
