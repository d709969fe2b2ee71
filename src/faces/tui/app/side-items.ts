import type { Agent } from "../../../client/index.ts";
import { machineOf } from "../../../core/agent-name.ts";
import type { Channels } from "../../../view/live/channels.ts";

/** A row of the side bar. */
export type SideItem =
  | { readonly kind: "all"; readonly key: string }
  /** The first part of the names below it; nothing to choose. */
  | { readonly kind: "group"; readonly key: string; readonly isHead: true; readonly name: string }
  | {
      readonly kind: "channel";
      readonly key: string;
      readonly name: string;
      readonly label: string;
      readonly messages: number;
    }
  | { readonly kind: "machine"; readonly key: string; readonly name: string; readonly agents: readonly Agent[] };

export const allKey = "all";
const channelKey = (name: string): string => `channel ${name}`;

/** Always in the same order, so that nothing moves under a cursor because messages come. */
export function sideItemsOf(channels: Channels | undefined, agents: ReadonlyMap<string, Agent>): readonly SideItem[] {
  const names = [...(channels?.values() ?? [])].toSorted((a, b) => compare(a.name, b.name));
  const rows: SideItem[] = [{ kind: "all", key: allKey }];
  let group: string | undefined;
  for (const { name, messages } of names) {
    const colon = name.indexOf(":");
    const own = colon > 0 ? name.slice(0, colon) : undefined;
    if (own !== undefined && own !== group) rows.push({ kind: "group", isHead: true, key: `group ${own}`, name: own });
    group = own;
    rows.push({
      kind: "channel",
      key: channelKey(name),
      name,
      label: own === undefined ? name : name.slice(colon + 1),
      messages,
    });
  }
  const machines = machinesOf(agents);
  if (machines.length > 0) rows.push({ kind: "group", isHead: true, key: "machines", name: "Machines" });
  for (const [name, own] of machines) rows.push({ kind: "machine", key: `machine ${name}`, name, agents: own });
  return rows;
}

/** Agents by where they are; one without a machine is its own. Machines with somebody there come first. */
export function machinesOf(agents: ReadonlyMap<string, Agent>): readonly (readonly [string, readonly Agent[]])[] {
  const machines = new Map<string, Agent[]>();
  for (const agent of agents.values()) {
    const name = agent.machine ?? machineOf(agent.name) ?? agent.name;
    machines.set(name, [...(machines.get(name) ?? []), agent]);
  }
  return [...machines]
    .map(([name, own]) => [name, own.toSorted((a, b) => compare(a.name, b.name))] as const)
    .toSorted(([a, ofA], [b, ofB]) => Number(isAway(ofA)) - Number(isAway(ofB)) || compare(a, b));
}

export const isAway = (agents: readonly Agent[]): boolean => agents.every(({ reach }) => reach === "away");

/** Channels without a colon come after those with one. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
