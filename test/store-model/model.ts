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
import { everything, inScope, only, type Scope } from "../../src/core/scope.ts";

/** Of the stores that are compared with the model. */
export const maxChannels = 3;

export type Model = ReturnType<typeof createModel>;

interface Keyed {
  readonly draft: Draft;
  readonly message: Message;
}

/** All that there is to know of a store. */
interface State {
  entries: Entry[];
  readonly everSeen: Entry[];
  readonly keyed: Keyed[];
  readonly cursors: Map<string, Seq>;
  /** What each clear took, and whether some of it was too old for a prune. */
  readonly taken: Map<string, { readonly gone: readonly Entry[]; mayBeLost: boolean }>;
}

/** What a store has to do, in its plainest form: everything is an array, and nothing is counted before it is asked for. */
export function createModel() {
  const state: State = { entries: [], everSeen: [], keyed: [], cursors: new Map(), taken: new Map() };
  const { cursors, everSeen, keyed } = state;
  return { cursors, everSeen, keyed, ...readingOf(state), ...appendingTo(state), ...deletingFrom(state) };
}

const messagesOf = ({ entries }: State, scope: Scope) =>
  entries.filter(isMessage).filter(({ channel }) => inScope(scope, channel));
const liveIn = (state: State) => [...new Set(messagesOf(state, everything).map(({ channel }) => channel))].toSorted();
const isFull = (state: State, channel: ChannelName) =>
  !liveIn(state).includes(channel) && liveIn(state).length >= maxChannels;
const lastSeqOf = ({ everSeen }: State) => everSeen.at(-1)?.seq ?? beginning;

function log(state: State, entry: Entry): void {
  const head = state.everSeen.findLast(({ channel }) => channel === entry.channel)?.seq ?? beginning;
  expect(entry.seq).toBeGreaterThan(lastSeqOf(state));
  expect(entry.prev).toBe(head);
  state.entries.push(entry);
  state.everSeen.push(entry);
}

const readingOf = (state: State) => ({
  lastSeq: () => lastSeqOf(state),
  messages: (scope: Scope) => messagesOf(state, scope),
  read: (scope: Scope, after: Seq, limit: number) =>
    state.entries.filter(({ channel, seq }) => seq > after && inScope(scope, channel)).slice(0, limit),
  summaries: () =>
    liveIn(state).map((channel) => {
      const own = messagesOf(state, only(channel));
      const senders = [...new Set(own.map(({ sender }) => sender))].toSorted();
      return { channel, messages: own.length, lastAcceptedAt: own.at(-1)?.acceptedAt, senders };
    }),
});

const appendingTo = (state: State) => ({
  /** What `append` has to answer for the draft. */
  expected(draft: Draft): Message | "idempotency_conflict" | "limit_reached" | "new" {
    const earlier = state.keyed.find(
      (sent) =>
        draft.idempotencyKey !== undefined && sameKey(sent.draft, draft) && state.entries.includes(sent.message),
    );
    if (earlier !== undefined)
      return earlier.draft.content === draft.content ? earlier.message : "idempotency_conflict";
    return isFull(state, draft.channel) ? "limit_reached" : "new";
  },
  appended(draft: Draft, message: Message) {
    log(state, message);
    if (draft.idempotencyKey !== undefined) state.keyed.push({ draft, message });
  },
});

const deletingFrom = (state: State) => ({
  /** How many messages there were to delete; `cleared` is the entry that says so, if there were any. */
  clear(channel: ChannelName, cleared: Entry | undefined): number {
    const count = messagesOf(state, only(channel)).length;
    if (cleared === undefined) return count;
    const gone = state.entries.filter((entry) => entry.channel === channel);
    state.taken.set(cleared.id, { gone, mayBeLost: false });
    state.entries = state.entries.filter((entry) => !gone.includes(entry));
    log(state, cleared);
    return count;
  },
  /** Whether the entry is a clear that can be undone; `maybe` when a prune may have taken some of it. */
  canRestore({ id, channel }: Entry): "yes" | "no" | "maybe" | "limit_reached" {
    const clear = state.taken.get(id);
    const oldest = state.entries.find((entry) => entry.channel === channel);
    if (clear === undefined || oldest?.id !== id) return "no";
    if (clear.mayBeLost) return "maybe";
    return isFull(state, channel) ? "limit_reached" : "yes";
  },
  restored(clear: Cleared, end: Restored) {
    const { gone = [] } = state.taken.get(clear.id) ?? {};
    const marker: Restored = { ...clear, kind: "restored" };
    dropUsedKeys(state, gone);
    const others = state.entries.filter(({ id }) => id !== clear.id);
    state.entries = [...others, ...gone, marker].toSorted((a, b) => a.seq - b.seq);
    state.everSeen[state.everSeen.findIndex(({ id }) => id === clear.id)] = marker;
    state.taken.delete(clear.id);
    log(state, end);
  },
  /**
   * The fewest and the most entries that a prune may delete. They differ when the clock was set back: an entry then may
   * wait behind a younger one that is cleared and can still come back.
   */
  prunable(before: number, limit: number) {
    const isKept = ({ acceptedAt }: Entry) => acceptedAt >= before;
    const kept = state.entries.find(isKept)?.seq ?? Infinity;
    const hidden = [...state.taken.values()].flatMap(({ gone }) => gone.filter(isKept));
    const inTheWay = Math.min(kept, ...hidden.map(({ seq }) => seq));
    const upTo = (end: number) => Math.min(limit, state.entries.filter(({ seq }) => seq < end).length);
    return { fewest: upTo(inTheWay), most: upTo(kept) };
  },
  pruned(before: number, count: number) {
    for (const clear of state.taken.values()) {
      if (clear.gone.some(({ acceptedAt }) => acceptedAt < before)) clear.mayBeLost = true;
    }
    state.entries.splice(0, count);
  },
});

const sameKey = (a: Draft, b: Draft) =>
  a.channel === b.channel && a.sender === b.sender && a.idempotencyKey === b.idempotencyKey;

/** A key of what comes back that was used anew since is the newer message's. */
function dropUsedKeys({ keyed, entries }: State, gone: readonly Entry[]): void {
  const isUsed = (one: Keyed) =>
    keyed.some((other) => other !== one && sameKey(other.draft, one.draft) && entries.includes(other.message));
  const dropped = keyed.filter((one) => gone.includes(one.message) && isUsed(one));
  for (const one of dropped) keyed.splice(keyed.indexOf(one), 1);
}
