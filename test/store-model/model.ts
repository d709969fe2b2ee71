import { expect } from "vitest";
import {
  beginning,
  type ChannelName,
  type Cleared,
  type Draft,
  type Entry,
  isMessage,
  type Message,
  type Restored,
  type Seq,
} from "../../src/core/message.ts";
import { inScope, type Scope } from "../../src/core/scope.ts";

/** Of the stores that are compared with the model. */
export const maxChannels = 3;

export type Model = ReturnType<typeof createModel>;

/** What a store has to do, in its plainest form: everything is an array, and nothing is counted before it is asked for. */
export function createModel() {
  let entries: Entry[] = [];
  const everSeen: Entry[] = [];
  const keyed: { draft: Draft; message: Message }[] = [];
  const cursors = new Map<string, Seq>();
  /** What each clear took, while nothing of it was too old for a prune. */
  const taken = new Map<string, { readonly gone: readonly Entry[]; mayBeLost: boolean }>();

  const lastSeq = () => everSeen.at(-1)?.seq ?? beginning;
  const head = (channel: ChannelName) => everSeen.findLast((entry) => entry.channel === channel)?.seq ?? beginning;
  const messages = (scope: Scope) => entries.filter(isMessage).filter(({ channel }) => inScope(scope, channel));
  const live = () => [...new Set(messages({ names: [], patterns: ["*"] }).map(({ channel }) => channel))].toSorted();
  const sameKey = (a: Draft, b: Draft) =>
    a.channel === b.channel && a.sender === b.sender && a.idempotencyKey === b.idempotencyKey;

  function log(entry: Entry) {
    expect(entry.seq).toBeGreaterThan(lastSeq());
    expect(entry.prev).toBe(head(entry.channel));
    entries.push(entry);
    everSeen.push(entry);
  }

  return {
    cursors,
    everSeen,
    keyed,
    lastSeq,
    messages,
    /** What `append` has to answer for the draft. */
    expected(draft: Draft): Message | "idempotency_conflict" | "limit_reached" | "new" {
      const earlier = keyed.find(
        (sent) => draft.idempotencyKey !== undefined && sameKey(sent.draft, draft) && entries.includes(sent.message),
      );
      if (earlier !== undefined)
        return earlier.draft.content === draft.content ? earlier.message : "idempotency_conflict";
      return !live().includes(draft.channel) && live().length >= maxChannels ? "limit_reached" : "new";
    },
    appended(draft: Draft, message: Message) {
      log(message);
      if (draft.idempotencyKey !== undefined) keyed.push({ draft, message });
    },
    /** How many messages there were to delete; `cleared` is the entry that says so, if there were any. */
    clear(channel: ChannelName, cleared: Entry | undefined): number {
      const count = messages({ names: [channel], patterns: [] }).length;
      if (cleared === undefined) return count;
      taken.set(cleared.id, { gone: entries.filter((entry) => entry.channel === channel), mayBeLost: false });
      entries = entries.filter((entry) => entry.channel !== channel);
      log(cleared);
      return count;
    },
    /** Whether the entry is a clear that can be undone; `maybe` when a prune may have taken some of it. */
    canRestore(entry: Entry): "yes" | "no" | "maybe" | "limit_reached" {
      const clear = taken.get(entry.id);
      const first = entries.find(({ channel }) => channel === entry.channel);
      if (clear === undefined || first?.id !== entry.id) return "no";
      if (clear.mayBeLost) return "maybe";
      return !live().includes(entry.channel) && live().length >= maxChannels ? "limit_reached" : "yes";
    },
    restored(clear: Cleared, end: Restored) {
      const { gone = [] } = taken.get(clear.id) ?? {};
      const marker: Restored = { ...clear, kind: "restored" };
      for (const [at, { draft, message }] of [...keyed.entries()].toReversed()) {
        const isNewer = (one: { draft: Draft; message: Message }) =>
          one.message !== message && sameKey(one.draft, draft) && entries.includes(one.message);
        if (gone.includes(message) && keyed.some(isNewer)) keyed.splice(at, 1);
      }
      entries = [...entries.filter(({ id }) => id !== clear.id), ...gone, marker].toSorted((a, b) => a.seq - b.seq);
      everSeen[everSeen.findIndex(({ id }) => id === clear.id)] = marker;
      taken.delete(clear.id);
      log(end);
    },
    prune(before: number, limit: number): number {
      for (const clear of taken.values()) {
        if (clear.gone.some(({ acceptedAt }) => acceptedAt < before)) clear.mayBeLost = true;
      }
      const kept = entries.findIndex(({ acceptedAt }) => acceptedAt >= before);
      return entries.splice(0, Math.min(kept < 0 ? entries.length : kept, limit)).length;
    },
    read: (scope: Scope, after: Seq, limit: number) =>
      entries.filter(({ channel, seq }) => seq > after && inScope(scope, channel)).slice(0, limit),
    summaries: () =>
      live().map((channel) => {
        const own = messages({ names: [channel], patterns: [] });
        const senders = [...new Set(own.map(({ sender }) => sender))].toSorted();
        return { channel, messages: own.length, lastAcceptedAt: own.at(-1)?.acceptedAt, senders };
      }),
  };
}
