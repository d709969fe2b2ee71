import type { Actor } from "../core/audit.ts";
import { type Clock, systemClock } from "../core/clock.ts";
import { createListeners } from "../core/listeners.ts";
import { defaultCaps, maxCursors, maxListedSenders, undoMs } from "../core/limits.ts";
import {
  beginning,
  type ChannelName,
  type Draft,
  type Entry,
  isMessage,
  type Message,
  type Seq,
} from "../core/message.ts";
import { messageId, mintEpoch } from "../core/message-id.ts";
import { unknownProvenance } from "../core/provenance.ts";
import { inScope, only, type Scope } from "../core/scope.ts";
import { candidate, matcherOf } from "../core/search.ts";
import type { Appended, Cursor, Store } from "../core/store.ts";
import { sha256 } from "./audit-chain.ts";
import { createMemoryAudit } from "./memory-audit.ts";
import { createMemoryAgents } from "./memory-agents.ts";
import { createMemoryReceipts } from "./memory-receipts.ts";
import { createMemoryRegistry } from "./memory-registry.ts";
import { keyConflict, storeClosed, tooManyChannels, tooManyCursors } from "./refusals.ts";
import { createWatchers } from "./watchers.ts";

export interface MemoryOptions {
  readonly clock?: Clock;
  readonly maxChannels?: () => number;
}

/** The reference engine: the contract in its plainest form. Nothing survives the process. */
export function createMemoryStore({
  clock = systemClock,
  maxChannels = () => defaultCaps.maxChannels,
}: MemoryOptions = {}): Store {
  const epoch = mintEpoch();
  let entries: Entry[] = [];
  let lastSeq: Seq = beginning;
  let closed = false;
  /** The newest entry that each channel ever had: clears and pruning do not move it back. */
  const heads = new Map<ChannelName, Seq>();
  const keys = new Map<string, string>();
  /** What the clear with this id deleted. */
  const clearedBy = new Map<string, readonly Entry[]>();
  const cursors = new Map<string, Cursor>();
  const watchers = createWatchers();
  const audit = createMemoryAudit(clock);
  const registryListeners = createListeners();
  const registry = createMemoryRegistry((events) => {
    audit.record(events);
    registryListeners.wakeAll();
  });

  const messageAt = (wanted: Seq) => entries.filter(isMessage).find(({ seq }) => seq === wanted);
  const receipts = createMemoryReceipts({ clock, messageAt, assertOpen });

  const messagesIn = (scope: Scope) => entries.filter(isMessage).filter(({ channel }) => inScope(scope, channel));
  const channelNames = () => [...new Set(messagesIn({ names: [], patterns: ["*"] }).map(({ channel }) => channel))];

  /** The part of an entry that the log decides. */
  function stamp(channel: ChannelName) {
    const prev = heads.get(channel) ?? beginning;
    lastSeq = (lastSeq + 1) as Seq;
    heads.set(channel, lastSeq);
    return { seq: lastSeq, prev, id: messageId(epoch, lastSeq), channel, acceptedAt: clock.now() };
  }

  function append(draft: Draft): Appended {
    const { channel, sender, content, idempotencyKey } = draft;
    const earlier = idempotencyKey === undefined ? undefined : sentWith(idempotencyKey, draft);
    if (earlier !== undefined) {
      if (earlier.content === content) return { kind: "appended", message: earlier, isNew: false };
      return { kind: "refused", error: keyConflict() };
    }
    const names = channelNames();
    if (!names.includes(channel) && names.length >= maxChannels()) {
      return { kind: "refused", error: tooManyChannels(maxChannels()) };
    }
    const { provenance = unknownProvenance } = draft;
    const message: Message = { kind: "message", ...stamp(channel), sender, content, provenance };
    if (idempotencyKey !== undefined) keys.set(message.id, idempotencyKey);
    entries.push(message);
    receipts.open(message.seq, draft);
    if (draft.audit !== undefined) {
      audit.record([{ ...draft.audit, event: "send", channel, seq: message.seq, bodyHash: sha256(content) }]);
    }
    return { kind: "appended", message, isNew: true };
  }

  const sentWith = (key: string, { channel, sender }: Pick<Draft, "channel" | "sender">) =>
    messagesIn(only(channel)).find((message) => message.sender === sender && keys.get(message.id) === key);

  const isOldest = ({ channel, seq }: Entry) => !entries.some((entry) => entry.channel === channel && entry.seq < seq);

  /** A key that was used anew since its message was cleared is the newer message's. */
  function dropKeyUsedSince(message: Message): void {
    const key = keys.get(message.id);
    if (key !== undefined && sentWith(key, message) !== undefined) keys.delete(message.id);
  }

  const cursorKey = (consumer: string, channel: ChannelName) => JSON.stringify([consumer, channel]);

  /** Async functions turn its throw into a rejection. */
  function assertOpen(): void {
    if (closed) throw storeClosed();
  }

  return {
    epoch,

    async append(drafts) {
      assertOpen();
      const appended = drafts.map(append);
      watchers.wake(new Set(drafts.map(({ channel }) => channel)));
      if (drafts.some(({ addressees, answers }) => addressees !== undefined || answers !== undefined)) {
        receipts.wake();
      }
      return appended;
    },

    async read(scope, after, limit) {
      assertOpen();
      return entries.filter(({ channel, seq }) => seq > after && inScope(scope, channel)).slice(0, limit);
    },

    async tail(scope, limit) {
      assertOpen();
      return messagesIn(scope).slice(-limit);
    },

    async remaining(scope, after) {
      assertOpen();
      return messagesIn(scope).filter(({ seq }) => seq > after).length;
    },

    async search(query, scope, before, limit) {
      assertOpen();
      const matches = matcherOf(query);
      const found = messagesIn(scope)
        .filter((message) => message.seq < before && matches(candidate(message, (seq) => receipts.of([seq]))))
        .toReversed();
      const messages = found.slice(0, limit);
      return { messages, next: found.length > limit ? messages.at(-1)?.seq : undefined };
    },

    async find(id) {
      assertOpen();
      return entries.find((entry) => entry.id === id);
    },

    async lastSeq() {
      assertOpen();
      return lastSeq;
    },

    async channels() {
      assertOpen();
      return channelNames()
        .toSorted()
        .map((channel) => {
          const messages = messagesIn(only(channel));
          const senders = [...new Set(messages.map(({ sender }) => sender))].toSorted().slice(0, maxListedSenders);
          return { channel, messages: messages.length, lastAcceptedAt: messages.at(-1)?.acceptedAt ?? 0, senders };
        });
    },

    async totals() {
      assertOpen();
      return { channels: channelNames().length, messages: entries.filter(isMessage).length };
    },

    async clear(channel, by) {
      assertOpen();
      const count = messagesIn(only(channel)).length;
      if (count === 0) return undefined;
      const [gone, kept] = [true, false].map((is) => entries.filter((entry) => (entry.channel === channel) === is));
      const cleared = { kind: "cleared" as const, ...stamp(channel), count, ...nameOf(by) };
      clearedBy.set(cleared.id, gone ?? []);
      entries = [...(kept ?? []), cleared];
      if (by !== undefined) audit.record([{ ...by.source, event: "clear", channel, seq: cleared.seq }]);
      watchers.wake([channel]);
      return cleared;
    },

    async restore(id, by) {
      assertOpen();
      const cleared = entries.find((entry) => entry.id === id);
      const gone = clearedBy.get(id);
      if (cleared?.kind !== "cleared" || gone === undefined || !isOldest(cleared)) return undefined;
      if (clock.now() >= cleared.acceptedAt + undoMs) return undefined;
      const { channel, count } = cleared;
      const names = channelNames();
      if (!names.includes(channel) && names.length >= maxChannels()) throw tooManyChannels(maxChannels());
      for (const message of gone.filter(isMessage)) dropKeyUsedSince(message);
      const marker = { ...cleared, kind: "restored" as const };
      const others = entries.filter((entry) => entry !== cleared);
      entries = [...others, ...gone, marker].toSorted((a, b) => a.seq - b.seq);
      clearedBy.delete(id);
      const restored = { kind: "restored" as const, ...stamp(channel), count, ...nameOf(by) };
      entries.push(restored);
      if (by !== undefined) audit.record([{ ...by.source, event: "undo", channel, seq: restored.seq }]);
      watchers.wake([channel]);
      return restored;
    },

    async prune(before, limit) {
      assertOpen();
      for (const [id, gone] of clearedBy) if (gone.some(({ acceptedAt }) => acceptedAt < before)) clearedBy.delete(id);
      const kept = entries.findIndex(({ acceptedAt }) => acceptedAt >= before);
      return entries.splice(0, Math.min(kept < 0 ? entries.length : kept, limit)).length;
    },

    async cursor(consumer, channel) {
      assertOpen();
      return cursors.get(cursorKey(consumer, channel));
    },

    async advance(consumer, { channel, seq, id }) {
      assertOpen();
      const key = cursorKey(consumer, channel);
      const cursor = cursors.get(key);
      if (cursor !== undefined && cursor.seq >= seq) return { cursor, advanced: false };
      if (cursor === undefined && cursors.size >= maxCursors) throw tooManyCursors();
      const advanced: Cursor = { seq, messageId: id, updatedAt: clock.now() };
      cursors.set(key, advanced);
      return { cursor: advanced, advanced: true };
    },

    watch: watchers.watch,

    registry: {
      async records() {
        assertOpen();
        return registry.list();
      },
      async amend(changes, events) {
        assertOpen();
        registry.amend(changes, events);
      },
      watch: registryListeners.add,
    },

    receipts: receipts.store,
    agents: createMemoryAgents(assertOpen),

    audit: {
      async rows(after, limit) {
        assertOpen();
        return audit.rows(after, limit);
      },
      async newest(limit) {
        assertOpen();
        return audit.newest(limit);
      },
      async record(events) {
        assertOpen();
        audit.record(events);
      },
      async verify() {
        assertOpen();
        return audit.verify();
      },
      async prune(before, limit) {
        assertOpen();
        return audit.prune(before, limit);
      },
    },

    async close() {
      closed = true;
      watchers.close();
      registryListeners.clear();
      receipts.forgetWatchers();
    },
  };
}

const nameOf = (by: Actor | undefined) => (by === undefined ? {} : { by: by.name });
