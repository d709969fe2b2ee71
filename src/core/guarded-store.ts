import type { Actor, AuditSource } from "./audit.ts";
import { BridgeError } from "./errors.ts";
import { type ChannelName, type ConsumerId, type Draft, isMessage, type MessageId, type Seq } from "./message.ts";
import type { Policy } from "./policy.ts";
import { isVerified, may, type Permission, type Principal, whereMay } from "./principal.ts";
import { provenSender, type Via } from "./provenance.ts";
import { guardFates, type GuardedFates } from "./guarded-fates.ts";
import { type GuardedNeeds, guardNeeds } from "./guarded-needs.ts";
import { guardReceipts, type GuardedReceipts } from "./guarded-receipts.ts";
import { type Self, selfOf } from "./mailboxes.ts";
import type { Scope } from "./scope.ts";
import type { SharedStore } from "./shared-reads.ts";
import type { Appended, Store } from "./store.ts";

/**
 * The store as one caller may use it. Operations have no other, so none of them can forget to ask: a channel that is
 * named without the right to it is refused, patterns find only what the caller may read, and what is written says who
 * wrote it.
 */
export interface GuardedStore extends Pick<
  Store,
  | "epoch"
  | "read"
  | "tail"
  | "remaining"
  | "search"
  | "find"
  | "lastSeq"
  | "channels"
  | "totals"
  | "watch"
  | "cursor"
  | "advance"
  | "health"
> {
  append(drafts: readonly Outgoing[]): Promise<readonly Appended[]>;
  clear(channel: ChannelName): ReturnType<Store["clear"]>;
  /** @throws BridgeError `not_found` for what is no clear, or none of a channel that the caller may clear. */
  restore(id: MessageId): ReturnType<Store["restore"]>;
  readonly receipts: GuardedReceipts;
  readonly fates: GuardedFates;
  readonly needs: GuardedNeeds;
}

/** What a caller says of a message; the rest of it is the bridge's to say. */
export interface Outgoing extends Pick<Draft, "channel" | "sender" | "content" | "idempotencyKey" | "addressees"> {
  readonly hops?: number | undefined;
  /** The message that it answers. */
  readonly answers?: Seq | undefined;
}

export interface Guarded {
  readonly principal: Principal;
  readonly via: Via;
  readonly address?: string | undefined;
  /** The agent that calls, where it says who it is. */
  readonly self?: Self | undefined;
}

export function guardStore(store: SharedStore, caller: Guarded, policy: Policy): GuardedStore {
  const { health } = store;
  return {
    epoch: store.epoch,
    lastSeq: () => store.lastSeq(),
    ...guardReading(store, caller.principal),
    ...guardWriting(store, caller, policy),
    receipts: guardReceipts(store, caller),
    fates: guardFates(store, caller),
    needs: guardNeeds(store, caller),
    ...(health === undefined ? {} : { health: () => health.call(store) }),
  };
}

type Reading =
  | "read"
  | "tail"
  | "remaining"
  | "search"
  | "watch"
  | "find"
  | "channels"
  | "totals"
  | "cursor"
  | "advance";

function guardReading(store: Store, principal: Principal): Pick<GuardedStore, Reading> {
  const seesAll = whereMay(principal, "read").length === 0;
  const narrow = (scope: Scope) => (seesAll ? scope : readableScope(principal, scope));

  async function summaries() {
    const all = await store.channels();
    return seesAll ? all : all.filter(({ channel }) => may(principal, "read", channel));
  }

  return {
    read: async (scope, after, limit) => store.read(narrow(scope), after, limit),
    tail: async (scope, limit) => store.tail(narrow(scope), limit),
    remaining: async (scope, after) => store.remaining(narrow(scope), after),
    search: async (query, scope, before, limit) => store.search(query, narrow(scope), before, limit),
    watch: (scope, wake) => store.watch(narrow(scope), wake),
    channels: summaries,

    async find(id) {
      const entry = await store.find(id);
      return entry !== undefined && may(principal, "read", entry.channel) ? entry : undefined;
    },

    async totals() {
      if (seesAll) return store.totals();
      const visible = await summaries();
      return { channels: visible.length, messages: visible.reduce((sum, { messages }) => sum + messages, 0) };
    },

    async cursor(consumer, channel) {
      requirePermission(principal, "read", channel);
      return store.cursor(ownName(principal, consumer) as ConsumerId, channel);
    },

    async advance(consumer, to) {
      requirePermission(principal, "read", to.channel);
      return store.advance(ownName(principal, consumer) as ConsumerId, to);
    },
  };
}

function guardWriting(
  store: Store,
  { principal, via, address }: Guarded,
  policy: Policy,
): Pick<GuardedStore, "append" | "clear" | "restore"> {
  const source: AuditSource = { principal: principal.id, credential: principal.credential, address };

  /** @throws BridgeError `frozen`. */
  function requireThawed(channel: ChannelName): void {
    const refusal = policy.refuseFrozen(principal, channel);
    if (refusal !== undefined) throw refusal;
  }

  const by: Actor = { name: principal.name, source };

  function signed({ channel, sender: given, content, idempotencyKey, addressees, answers, hops = 0 }: Outgoing): Draft {
    const { sender, label } = provenSender(principal, given);
    const known = { principal: principal.id, kind: principal.kind, via, hops };
    return {
      channel,
      sender,
      content,
      idempotencyKey: idempotencyKey && ownName(principal, idempotencyKey),
      addressees,
      answers: answers && { seq: answers, as: selfOf(principal, given)?.mailboxes ?? [sender] },
      provenance: label === undefined ? known : { ...known, label },
      audit: policy.auditsMessages() ? source : undefined,
    };
  }

  const refusalOf = (draft: Draft) =>
    may(principal, "write", draft.channel)
      ? policy.refuse(principal, draft)
      : forbidden(principal, "write", draft.channel);

  async function appendOthers(
    drafts: readonly Draft[],
    refusals: readonly (BridgeError | undefined)[],
  ): Promise<readonly Appended[]> {
    const taken = drafts.filter((_draft, index) => refusals[index] === undefined);
    const appended = taken.length === 0 ? [] : [...(await store.append(taken))].toReversed();
    return refusals.map((error) => (error === undefined ? answerFor(appended.pop()) : { kind: "refused", error }));
  }

  return {
    append(outgoing) {
      const drafts = outgoing.map(signed);
      const refusals = drafts.map(refusalOf);
      const isRefused = refusals.some((error) => error !== undefined);
      return isRefused ? appendOthers(drafts, refusals) : store.append(drafts);
    },

    async clear(channel) {
      requirePermission(principal, "clear", channel);
      requireThawed(channel);
      return store.clear(channel, by);
    },

    async restore(id) {
      const entry = await store.find(id);
      if (entry === undefined || isMessage(entry) || !may(principal, "clear", entry.channel)) {
        throw new BridgeError("not_found", "id: no such clear", { field: "id" });
      }
      requireThawed(entry.channel);
      return store.restore(id, by);
    },
  };
}

/** @throws BridgeError `forbidden`. */
export function requirePermission(principal: Principal, permission: Permission, channel?: ChannelName): void {
  if (!may(principal, permission, channel)) throw forbidden(principal, permission, channel);
}

/** The scope as the principal may read it. @throws BridgeError `forbidden` for a channel that it names and may not. */
export function readableScope(principal: Principal, scope: Scope): Scope {
  for (const name of scope.names) requirePermission(principal, "read", name);
  const within = whereMay(principal, "read");
  return within.length === 0 ? scope : { ...scope, within };
}

function forbidden({ name }: Principal, permission: Permission, channel?: ChannelName): BridgeError {
  const where = channel === undefined ? "" : ` in '${channel}'`;
  return new BridgeError("forbidden", `${name} has no right to ${permission}${where}`, {
    field: channel === undefined ? undefined : "channel",
  });
}

/** Keys and consumers of somebody with a credential are its own: no other can use one of that name. */
const ownName = (principal: Principal, name: string) => (isVerified(principal) ? `${principal.id}/${name}` : name);

function answerFor(appended: Appended | undefined): Appended {
  if (appended === undefined) throw new Error("the store answered for fewer drafts than it was given");
  return appended;
}
