import { BridgeError } from "./errors.ts";
import { maxInboxPage } from "./limits.ts";
import { beginning, type Entry, type Seq } from "./message.ts";
import { type Self, selfOf } from "./mailboxes.ts";
import { may, type Principal } from "./principal.ts";
import type { Mark, Receipt } from "./receipt.ts";
import type { Unread, Waiting } from "./receipts.ts";
import type { SharedStore } from "./shared-reads.ts";

/** Receipts as one caller may see and make them: of messages that it may read, and in its own name only. */
export interface GuardedReceipts {
  /** @throws BridgeError `invalid_input` when the caller does not say who it is. */
  self(): Self;
  /** The same for a caller that calls itself `label`, unless it has said who it is already. */
  as(label: string): GuardedReceipts;
  of(seqs: readonly Seq[]): Promise<readonly Receipt[]>;
  /** What the caller has not had in context yet. */
  inbox(after: Seq, limit: number): Promise<readonly Waiting[]>;
  unread(): Promise<readonly Unread[]>;
  /** What the caller had in context of the entry's channel up to it, and has not acknowledged. */
  unacknowledged(upTo: Entry): Promise<readonly Receipt[]>;
  /** Marks for the caller. A message that was for its machine, or for any person, is marked there. */
  mark(marks: readonly Omit<Mark, "agent" | "due">[]): Promise<readonly Receipt[]>;
  /** Rings after each change of what is for the caller, from when it resolves with the unsubscribe. */
  watchOwn(ring: () => void): Promise<() => void>;
  /** Whether there may be something new of receipts of this message since this change, and up to which that is known. */
  newsOf(seq: Seq, after: number): Promise<{ readonly isNew: boolean; readonly upTo: number }>;
  lastChange(): Promise<number>;
  watch(wake: () => void): () => void;
}

/** Changes that are looked through at once; of more than that, some may be of any message. */
const newsPage = 500;

interface Reader {
  readonly principal: Principal;
  readonly self?: Self | undefined;
}

export function guardReceipts(
  store: Pick<SharedStore, "receipts" | "mailBells">,
  { principal, self }: Reader,
): GuardedReceipts {
  const { receipts } = store;
  const isReadable = ({ channel }: Pick<Receipt, "channel">) => may(principal, "read", channel);

  function requireSelf(): Self {
    if (self !== undefined) return self;
    const message = "agent: say who you are, with the header Claude-Bridge-Agent, or to a tool with consumer_id";
    throw new BridgeError("invalid_input", message, { field: "agent" });
  }

  const of = async (seqs: readonly Seq[]) => (await receipts.of(seqs)).filter(isReadable);

  return {
    self: requireSelf,
    as: (label) => guardReceipts(store, { principal, self: self ?? selfOf(principal, label) }),
    of,
    lastChange: () => receipts.lastChange(),
    watch: receipts.watch,
    watchOwn: async (ring) => store.mailBells.watch(requireSelf().mailboxes, ring),

    async inbox(after, limit) {
      const { mailboxes } = requireSelf();
      return takeReadable(limit, after, (from) => receipts.waiting(mailboxes, from, limit), isReadable);
    },

    async unread() {
      const { mailboxes } = requireSelf();
      return (await receipts.unread(mailboxes)).filter(isReadable);
    },

    async unacknowledged({ channel, seq }) {
      const { mailboxes } = requireSelf();
      return receipts.unacknowledged(mailboxes, channel, seq, maxInboxPage);
    },

    async mark(marks) {
      const { name, mailboxes } = requireSelf();
      const known = await of(marks.map(({ seq }) => seq));
      const own = marks.flatMap((mark) => {
        const boxes = known.filter(({ seq, agent }) => seq === mark.seq && mailboxes.includes(agent));
        const agents = boxes.length > 0 ? boxes.map(({ agent }) => agent) : [name];
        return agents.map((agent) => ({ ...mark, agent }));
      });
      return own.length === 0 ? [] : receipts.record(own);
    },

    async newsOf(seq, after) {
      const changes = await receipts.changes(after, newsPage);
      const isNew = changes.length === newsPage || changes.some((receipt) => receipt.seq === seq);
      return { isNew, upTo: changes.at(-1)?.change ?? after };
    },
  };
}

/** The first `limit` that are readable: what is not does not stand in their way. A message for two boxes comes once. */
async function takeReadable(
  limit: number,
  after: Seq,
  page: (after: Seq) => Promise<readonly Waiting[]>,
  isReadable: (receipt: Receipt) => boolean,
): Promise<readonly Waiting[]> {
  const found = new Map<Seq, Waiting>();
  let from = after;
  for (;;) {
    const rows = await page(from);
    for (const row of rows) if (isReadable(row.receipt) && !found.has(row.message.seq)) found.set(row.message.seq, row);
    from = rows.at(-1)?.message.seq ?? beginning;
    if (rows.length < limit || found.size >= limit) return [...found.values()].slice(0, limit);
  }
}
