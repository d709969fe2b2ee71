import type { AgentRecord } from "../core/agent-records.ts";
import type { Agents, Announcement, Caller } from "../core/agents.ts";
import type { Clock } from "../core/clock.ts";
import type { Presence } from "../core/presence.ts";
import type { Store } from "../core/store.ts";
import { readRecord, toRecord } from "./presence-records.ts";

/** How long news of an agent that is known may be kept in memory, in milliseconds; a new one is written at once. */
const noteMs = 5_000;
/** An agent that nobody has heard of for so long is forgotten. */
const forgetMs = 30 * 86_400_000;

export interface PresenceOptions {
  readonly store: Pick<Store, "agents">;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/**
 * Who is there. What this node has heard is in memory and written down soon; what others have heard is read when
 * somebody asks, and the newer of the two counts.
 */
export function createPresence({ store, clock, onError }: PresenceOptions): Agents {
  const heard = new Map<string, Presence>();
  const unwritten = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const records = [...unwritten].flatMap((name) => recordOf(name));
    unwritten.clear();
    if (records.length > 0) writing = writing.then(() => store.agents.note(records)).catch(onError);
    return writing;
  }

  function recordOf(name: string): readonly AgentRecord[] {
    const agent = heard.get(name);
    return agent === undefined ? [] : [toRecord(agent)];
  }

  function change({ name, principal }: Caller, said: Said): Presence {
    const now = clock.now();
    const known = heard.get(name);
    const next = merge(known ?? newcomer(name, principal.id, now), said, now);
    heard.set(name, { ...next, principal: principal.id });
    unwritten.add(name);
    if (known === undefined || next.leftAt !== undefined) void write();
    else timer ??= setTimeout(() => void write(), noteMs).unref();
    return next;
  }

  async function list(): Promise<readonly Presence[]> {
    const now = clock.now();
    const read = (await store.agents.list()).flatMap((record) => readRecord(record));
    const old = read.filter(({ seenAt, name }) => now - seenAt > forgetMs && !heard.has(name));
    if (old.length > 0) void store.agents.forget(old.map(({ name }) => name)).catch(onError);
    const all = new Map(read.map((agent) => [agent.name, agent]));
    for (const agent of heard.values()) {
      const other = all.get(agent.name);
      if (other === undefined || other.seenAt <= agent.seenAt || isOpen(agent)) all.set(agent.name, agent);
    }
    return [...all.values()]
      .filter(({ seenAt, name }) => now - seenAt <= forgetMs || heard.has(name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  return {
    list,
    find: async (name) => (await list()).find((agent) => agent.name === name),
    note: (agent, said = { isCall: true }) => void change(agent, said),
    enter(agent, what) {
      const key = what === "wait" ? "openWaits" : "openInboxes";
      const count = (by: number) => change(agent, { [key]: (heard.get(agent.name)?.[key] ?? 0) + by });
      count(1);
      return () => void count(-1);
    },
    async close() {
      for (const agent of heard.values()) heard.set(agent.name, { ...agent, openWaits: 0, openInboxes: 0 });
      await write();
    },
  };
}

type Said = Announcement & Partial<Pick<Presence, "openWaits" | "openInboxes">>;

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
function merge(agent: Presence, { isCall, hasLeft, ...rest }: Said, now: number): Presence {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const { leftAt: _back, ...here } = agent;
  return {
    ...here,
    ...given,
    seenAt: now,
    ...(isCall === true ? { calledAt: now } : {}),
    ...(hasLeft === true ? { leftAt: now, doing: "idle", ways: [] } : {}),
  };
}
