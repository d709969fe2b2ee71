import type { Clock } from "../core/clock.ts";
import { createListeners } from "../core/listeners.ts";
import { maxReceiptsPerMessage } from "../core/limits.ts";
import type { ChannelName, Draft, Message, Seq } from "../core/message.ts";
import {
  failedStates,
  firstProgress,
  type Mark,
  openStates,
  type Progress,
  progressAfter,
  type Receipt,
  waitingStates,
} from "../core/receipt.ts";
import type { Receipts } from "../core/receipts.ts";

interface Kept {
  readonly seq: Seq;
  readonly agent: string;
  readonly progress: Progress;
  readonly change: number;
}

export interface MemoryReceiptOptions {
  readonly clock: Clock;
  /** What makes a receipt visible: it goes, and comes back, with its message. */
  readonly messageAt: (seq: Seq) => Message | undefined;
  /** Throws when the store is closed. */
  readonly assertOpen: () => void;
}

/** The reference. */
export function createMemoryReceipts({ clock, messageAt, assertOpen }: MemoryReceiptOptions) {
  const listeners = createListeners();
  const kept = new Map<string, Kept>();
  let lastChange = 0;
  const keyOf = (seq: Seq, agent: string) => JSON.stringify([seq, agent]);

  function write(seq: Seq, agent: string, progress: Progress): void {
    lastChange += 1;
    kept.set(keyOf(seq, agent), { seq, agent, progress, change: lastChange });
  }

  const all = (): readonly Receipt[] =>
    [...kept.values()]
      .flatMap(({ seq, agent, progress, change }) => {
        const message = messageAt(seq);
        if (message === undefined) return [];
        const { id: messageId, channel, sender } = message;
        return [{ seq, messageId, channel, sender, agent, ...progress, change }];
      })
      .toSorted((a, b) => a.seq - b.seq || (a.agent < b.agent ? -1 : 1));

  const of = (seqs: readonly Seq[]) => all().filter(({ seq }) => seqs.includes(seq));

  function mark(mark: Mark): boolean {
    const { seq, agent } = mark;
    const message = messageAt(seq);
    const known = of([seq]);
    const before = known.find((receipt) => receipt.agent === agent);
    const isNew = before === undefined;
    if (message === undefined || (isNew && (message.sender === agent || known.length >= maxReceiptsPerMessage)))
      return false;
    const progress = progressAfter(mark, kept.get(keyOf(seq, agent))?.progress, clock.now());
    if (progress !== undefined) write(seq, agent, progress);
    return progress !== undefined;
  }

  /** What a new message begins with, and the one that it answers. */
  function open(seq: Seq, { addressees = [], answers }: Draft): void {
    for (const addressee of addressees.slice(0, maxReceiptsPerMessage)) {
      write(seq, addressee.agent, firstProgress(addressee, clock.now()));
    }
    if (answers === undefined) return;
    const asked = of([answers.seq]).filter(({ agent }) => answers.as.includes(agent));
    const agents = asked.length > 0 ? asked.map(({ agent }) => agent) : answers.as.slice(0, 1);
    for (const agent of agents) mark({ seq: answers.seq, agent, state: "answered", answer: seq });
  }

  /** Async functions turn a throw into a rejection. */
  async function ask(wanted: (receipt: Receipt) => boolean): Promise<readonly Receipt[]> {
    assertOpen();
    return all().filter(wanted);
  }

  const withMessages = (receipts: readonly Receipt[], limit: number) =>
    receipts.slice(0, limit).flatMap((receipt) => {
      const message = messageAt(receipt.seq);
      return message === undefined ? [] : [{ receipt, message }];
    });

  const store: Receipts = {
    async record(marks) {
      assertOpen();
      const changed = marks.filter(mark);
      if (changed.length > 0) listeners.wakeAll();
      return changed.flatMap(({ seq, agent }) => of([seq]).filter((receipt) => receipt.agent === agent));
    },
    of: (seqs) => ask(({ seq }) => seqs.includes(seq)),
    waiting: async (agents, after, limit) =>
      withMessages(await ask((receipt) => receipt.seq > after && isWaitingFor(agents, receipt)), limit),
    open: async (agents, before, limit) =>
      withMessages((await ask((receipt) => receipt.seq < before && isOpenFor(agents, receipt))).toReversed(), limit),
    async unnoticed(sentBy, after, limit) {
      const isOld = (seq: Seq) => (messageAt(seq)?.acceptedAt ?? sentBy) <= sentBy;
      const wanted = ({ seq, state, why }: Receipt) =>
        seq > after && state === "stored" && why !== undefined && isOld(seq);
      return withMessages(await ask(wanted), limit);
    },
    async failed(limit) {
      const found = await ask(({ state }) => failedStates.some((one) => one === state));
      return withMessages(
        found.toSorted((a, b) => b.change - a.change),
        limit,
      );
    },
    async nextDue() {
      const times = (await ask(({ due }) => due !== undefined)).map(({ due }) => due?.at ?? 0);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    unacknowledged: async (agents, channel, upTo, limit) =>
      (
        await ask(
          (receipt) =>
            agents.includes(receipt.agent) &&
            receipt.channel === channel &&
            receipt.seq <= upTo &&
            receipt.state === "in_context",
        )
      ).slice(0, limit),
    async unread(agents) {
      const seqs = new Map<ChannelName, Set<Seq>>();
      for (const { channel, seq } of await ask((receipt) => isWaitingFor(agents, receipt))) {
        seqs.set(channel, (seqs.get(channel) ?? new Set()).add(seq));
      }
      const rows = [...seqs].map(([channel, { size: messages }]) => ({ channel, messages }));
      return rows.toSorted((a, b) => (a.channel < b.channel ? -1 : 1));
    },
    held: async (limit) => (await ask(({ state }) => state === "held")).slice(0, limit),
    async due(now, limit) {
      const at = ({ due }: Receipt) => due?.at ?? Number.POSITIVE_INFINITY;
      return (await ask((receipt) => at(receipt) <= now)).toSorted((a, b) => at(a) - at(b)).slice(0, limit);
    },
    changes: async (after, limit) =>
      (await ask(({ change }) => change > after)).toSorted((a, b) => a.change - b.change).slice(0, limit),
    async lastChange() {
      assertOpen();
      return lastChange;
    },
    watch: listeners.add,
  };

  return { open, of, wake: listeners.wakeAll, forgetWatchers: listeners.clear, store };
}

const isWaitingFor = (agents: readonly string[], { agent, state, why }: Receipt) =>
  agents.includes(agent) && why !== undefined && waitingStates.some((one) => one === state);

const isOpenFor = (agents: readonly string[], { agent, state, why }: Receipt) =>
  agents.includes(agent) && why === "addressed" && openStates.some((one) => one === state);
