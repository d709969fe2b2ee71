import type { Agent } from "../client/index.ts";
import { anyPerson, machineOf, roleOf } from "../core/agent-name.ts";
import { visible } from "../core/visible.ts";
import { age } from "./ages.ts";

/** Agents that share a machine, as far as their names or their shims say. */
export interface Machine {
  /** Undefined for agents that nobody knows a machine of. */
  readonly name: string | undefined;
  readonly agents: readonly Agent[];
  /** Somebody there can be reached. */
  readonly isHere: boolean;
  /** Since when nobody can. */
  readonly awaySince: number | undefined;
}

/** Those where somebody is first, then by name. Persons are not on a machine. */
export function machinesOf(agents: Iterable<Agent>): readonly Machine[] {
  const others = [...agents].filter(({ name }) => name !== anyPerson);
  const groups = Map.groupBy(others, ({ name, machine }) => machine ?? machineOf(name));
  return [...groups]
    .map(([name, own]) => machineWith(name, own))
    .toSorted(
      (a, b) => Number(b.isHere) - Number(a.isHere) || (a.name ?? "\u{ffff}").localeCompare(b.name ?? "\u{ffff}"),
    );
}

function machineWith(name: string | undefined, own: readonly Agent[]): Machine {
  const agents = own.toSorted((a, b) => Number(isAway(a)) - Number(isAway(b)) || a.name.localeCompare(b.name));
  const isHere = agents.some((agent) => !isAway(agent));
  const left = agents.flatMap(({ awaySince }) => (awaySince === undefined ? [] : [awaySince]));
  return { name, agents, isHere, awaySince: isHere || left.length === 0 ? undefined : Math.max(...left) };
}

/** On its machine; elsewhere the whole name. */
export const roleName = ({ name }: Agent): string => visible(roleOf(name) ?? name, { keepsLines: false });

/** What an agent does, in a word or three: "working", "waiting on you", "away 2 h". */
export function doingWords({ reach, doing, waitingOn, awaySince }: Agent, now: number): string {
  if (reach === "away") return awaySince === undefined ? "away" : `away ${age(now - awaySince)}`;
  if (doing !== "waiting") return doing;
  return waitingOn === undefined ? "waiting" : `waiting on ${visible(waitingOn, { keepsLines: false })}`;
}

/** What becomes of a message to this agent, for whoever is about to write one. */
export function reachWords({ reach, doing, awaySince }: Agent, now: number): string {
  const state =
    reach === "away" ? "" : doing === "idle" ? "it is idle" : doing === "working" ? "it is working" : "it waits";
  switch (reach) {
    case "wakes":
      return doing === "working" ? `${state}: will see it at once` : `${state}: will wake it`;
    case "next step":
      return `${state}: will see it at its next step`;
    case "by hand":
      return `${state}: will see it when somebody prompts it`;
    case "away":
      return `away${awaySince === undefined ? "" : ` ${age(now - awaySince)}`}: will see it when it returns`;
  }
}

const isAway = ({ reach }: Agent) => reach === "away";
