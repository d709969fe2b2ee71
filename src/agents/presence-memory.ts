import type { KnownCaller } from "../core/agents.ts";
import type { Clock } from "../core/clock.ts";
import { createListeners } from "../core/listeners.ts";
import { maxAgents } from "../core/limits.ts";
import type { Presence } from "../core/presence.ts";
import { createRecentMap } from "../core/recent-map.ts";
import type { Store } from "../core/store.ts";
import { createNotebook } from "./notebook.ts";
import { isNews, isOpen, merge, newcomer, returned, type Said } from "./presence-changes.ts";
import { readRecord, toRecord } from "./presence-records.ts";

/** An agent that nobody has heard of for so long is forgotten. */
const forgetMs = 30 * 86_400_000;

export interface PresenceOptions {
  readonly store: Pick<Store, "agents">;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** What this node has heard of agents, and what is written of the others as far as it was read. */
export interface PresenceMemory {
  /** What this node has heard itself. */
  heard(): ReadonlyMap<string, Presence>;
  /** From memory. */
  get(name: string): Presence | undefined;
  /** All that is in memory. */
  all(): readonly Presence[];
  change(caller: KnownCaller, said: Said): void;
  /** Calls `wake` after news of an agent by this node. Returns the unsubscribe. */
  watch(wake: () => void): () => void;
  /** Keeps what was found out of an agent that has said nothing. */
  keep(agent: Presence): void;
  /** With what the store has of others. */
  list(): Promise<readonly Presence[]>;
  close(): Promise<void>;
}

export function createPresenceMemory({ store, clock, onError }: PresenceOptions): PresenceMemory {
  const heard = new Map<string, Presence>();
  /** Whoever comes goes on from here. */
  const past = createRecentMap<Presence>(maxAgents);
  const watchers = createListeners();
  const notebook = createNotebook(store, recordOf, onError);

  function recordOf(name: string) {
    const agent = heard.get(name);
    return agent && toRecord(agent);
  }

  /** What it had is in the store. */
  function forgetOldest(): void {
    const oldest = firstOf(heard.values(), (agent) => !isOpen(agent) && !notebook.hasUnwritten(agent.name));
    if (oldest === undefined) return;
    heard.delete(oldest.name);
    past.set(oldest.name, oldest);
  }

  function comer(name: string, principal: string, now: number): Presence {
    const before = past.get(name);
    past.delete(name);
    return before === undefined ? newcomer(name, principal, now) : returned(before);
  }

  async function readAll(): Promise<readonly Presence[]> {
    const written = (await store.agents.list()).flatMap((record) => readRecord(record));
    for (const agent of written) if (!heard.has(agent.name)) past.set(agent.name, agent);
    return written;
  }
  // Before anybody is heard of, whose record would be written over.
  const begun = readAll().catch(onError);

  return {
    heard: () => heard,
    get: (name) => heard.get(name) ?? past.get(name),
    all: () => [...heard.values(), ...Array.from(past.entries(), ([, agent]) => agent)],

    change({ name, principal }, said) {
      const [now, known] = [clock.now(), heard.get(name)];
      const next = { ...merge(known ?? comer(name, principal.id, now), said, now), principal: principal.id };
      heard.delete(name);
      heard.set(name, next);
      if (heard.size > maxAgents) forgetOldest();
      notebook.noteSoon(name);
      if (known === undefined || next.leftAt !== undefined) void notebook.write();
      if (!watchers.isEmpty() && isNews(known, next, now)) watchers.wakeAll();
    },

    watch: watchers.add,

    keep(agent) {
      heard.set(agent.name, agent);
      notebook.noteSoon(agent.name);
    },

    async list() {
      const read = await readAll();
      const since = clock.now() - forgetMs;
      const isOld = ({ seenAt, name }: Presence) => seenAt < since && !heard.has(name);
      const old = read.filter(isOld).map(({ name }) => name);
      for (const name of old) past.delete(name);
      if (old.length > 0) void store.agents.forget(old).catch(onError);
      return newest(read, heard.values(), old);
    },

    async close() {
      await begun;
      await notebook.write();
    },
  };
}

/** Of a map that is kept in the order of the last news the first is the oldest. */
function firstOf<One>(all: Iterable<One>, fits: (one: One) => boolean): One | undefined {
  for (const one of all) if (fits(one)) return one;
  return undefined;
}

/** What other processes have written of an agent counts where it is newer, and this one holds nothing open of it. */
export function newest(
  read: readonly Presence[],
  heard: Iterable<Presence>,
  old: readonly string[] = [],
): readonly Presence[] {
  const all = new Map(read.map((agent) => [agent.name, agent]));
  for (const name of old) all.delete(name);
  for (const agent of heard) {
    const other = all.get(agent.name);
    if (other === undefined || other.seenAt <= agent.seenAt || isOpen(agent)) all.set(agent.name, agent);
  }
  return [...all.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
