import type { Agents, Announcement, KnownCaller } from "../core/agents.ts";
import type { Clock } from "../core/clock.ts";
import { maxAgents } from "../core/limits.ts";
import { createListeners } from "../core/listeners.ts";
import { type Presence, reachOf } from "../core/presence.ts";
import type { Store } from "../core/store.ts";
import { createNotebook } from "./notebook.ts";
import { readRecord, toRecord } from "./presence-records.ts";

/** An agent that nobody has heard of for so long is forgotten. */
const forgetMs = 30 * 86_400_000;

export interface PresenceOptions {
  readonly store: Pick<Store, "agents">;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

export interface PresenceBook extends Pick<Agents, "list" | "find" | "watch" | "note" | "enter" | "close"> {
  /** What this node has heard itself, without asking the store. */
  heard(): readonly Presence[];
}

/**
 * Who is there. What this node has heard is in memory and written down soon; what others have heard is read when
 * somebody asks, and the newer of the two counts.
 */
export function createPresence({ store, clock, onError }: PresenceOptions): PresenceBook {
  const heard = new Map<string, Presence>();
  const watchers = createListeners();
  const notebook = createNotebook(store, recordOf, onError);

  function recordOf(name: string) {
    const agent = heard.get(name);
    return agent && toRecord(agent);
  }

  /** In a map that is kept in the order of the last news. What it had is in the store. */
  function forgetOldest(): void {
    for (const [name, agent] of heard) {
      if (isOpen(agent) || notebook.hasUnwritten(name)) continue;
      heard.delete(name);
      return;
    }
  }

  function change({ name, principal }: KnownCaller, said: Said): void {
    const now = clock.now();
    const known = heard.get(name);
    const next = { ...merge(known ?? newcomer(name, principal.id, now), said, now), principal: principal.id };
    heard.delete(name);
    heard.set(name, next);
    if (heard.size > maxAgents) forgetOldest();
    notebook.noteSoon(name);
    if (known === undefined || next.leftAt !== undefined) void notebook.write();
    if (!watchers.isEmpty() && isNews(known, next, now)) watchers.wakeAll();
  }

  async function list(): Promise<readonly Presence[]> {
    const read = (await store.agents.list()).flatMap((record) => readRecord(record));
    const isOld = ({ seenAt, name }: Presence) => clock.now() - seenAt > forgetMs && !heard.has(name);
    const old = read.filter(isOld).map(({ name }) => name);
    if (old.length > 0) void store.agents.forget(old).catch(onError);
    return newest(
      read.filter((agent) => !isOld(agent)),
      heard.values(),
    );
  }

  return {
    list,
    heard: () => [...heard.values()],
    watch: watchers.add,
    find: async (name) => (await list()).find((agent) => agent.name === name),
    note: (agent, said = { isCall: true }) => change(agent, said),
    enter(agent, what) {
      const key = what === "wait" ? "openWaits" : "openInboxes";
      const openNow = () => heard.get(agent.name)?.[key] ?? 0;
      change(agent, { [key]: openNow() + 1 });
      return () => change(agent, { [key]: openNow() - 1, isEnd: true });
    },
    close: () => notebook.write(),
  };
}

/** What other processes have written of an agent counts where it is newer, and this one holds nothing open of it. */
function newest(read: readonly Presence[], heard: Iterable<Presence>): readonly Presence[] {
  const all = new Map(read.map((agent) => [agent.name, agent]));
  for (const agent of heard) {
    const other = all.get(agent.name);
    if (other === undefined || other.seenAt <= agent.seenAt || isOpen(agent)) all.set(agent.name, agent);
  }
  return [...all.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether others see more of it than that it was heard of again. */
const isNews = (before: Presence | undefined, after: Presence, now: number): boolean =>
  before === undefined || shown(before, now) !== shown(after, now);

function shown(agent: Presence, now: number): string {
  const { project, client, shim, doing, waitingOn, ways } = agent;
  const { reach, way, reason } = reachOf(agent, now);
  return JSON.stringify([project, client, shim, doing, waitingOn, ways, reach, way, reason]);
}

interface Said extends Announcement, Partial<Pick<Presence, "openWaits" | "openInboxes">> {
  /** Something that was open has ended: that brings nobody back who has said goodbye. */
  readonly isEnd?: true;
}

const isOpen = ({ openWaits, openInboxes }: Presence) => openWaits + openInboxes > 0;

const newcomer = (name: string, principal: string, now: number): Presence => ({
  name,
  principal,
  doing: "idle",
  ways: [],
  firstSeenAt: now,
  seenAt: now,
  openWaits: 0,
  openInboxes: 0,
});

/** What is undefined stays as it was; whoever says something is there. */
function merge(agent: Presence, { isCall, hasLeft, isEnd, ...rest }: Said, now: number): Presence {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const { leftAt, ...here } = agent;
  return {
    ...here,
    ...given,
    seenAt: now,
    ...(isEnd === true && leftAt !== undefined ? { leftAt } : {}),
    ...(isCall === true ? { calledAt: now } : {}),
    ...(hasLeft === true ? { leftAt: now, doing: "idle", ways: [] } : {}),
  };
}
