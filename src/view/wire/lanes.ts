import { anyPerson, folded, machineOf } from "../../core/agent-name.ts";
import type { Spoken } from "./spoken.ts";

/** Somebody who speaks or is spoken to, or all who have no lane of their own. */
export interface Lane {
  /** Stays the same while others come and go. */
  readonly key: string;
  /** As it was first written; raw. */
  readonly name: string;
  /** Of the lane for those who were idle the longest: who they are. */
  readonly others: readonly string[];
}

export interface LaneOptions {
  /** Names in the order that a person has given them; who is not among them follows in the usual order. */
  readonly order?: readonly string[] | undefined;
  /** More are folded into one lane. */
  readonly most?: number | undefined;
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** The index of somebody's lane. */
  indexOf(name: string): number;
}

/** As many as can be told apart on a screen. */
const mostLanes = 8;
const othersKey = "others:";

/** By machine, machines by who came first; persons stand last. Who is idle the longest has no lane of its own. */
export function lanesOf(spoken: readonly Spoken[], { order = [], most = mostLanes }: LaneOptions = {}): Lanes {
  const first = new Map<string, string>();
  const lastSeen = new Map<string, number>();
  spoken.forEach(({ from, to }, at) => {
    for (const name of [from, ...to]) {
      const key = folded(name);
      if (!first.has(key)) first.set(key, name);
      lastSeen.set(key, at);
    }
  });
  const keys = ordered([...first.keys()], order);
  const own = new Set(
    keys.length <= most
      ? keys
      : keys.toSorted((a, b) => (lastSeen.get(b) ?? 0) - (lastSeen.get(a) ?? 0)).slice(0, Math.max(1, most - 1)),
  );
  const nameOf = (key: string) => first.get(key) ?? key;
  const others = keys.filter((key) => !own.has(key)).map(nameOf);
  const lanes: readonly Lane[] = [
    ...keys.filter((key) => own.has(key)).map((key) => ({ key, name: nameOf(key), others: [] })),
    ...(others.length === 0 ? [] : [{ key: othersKey, name: `${others.length} others`, others }]),
  ];
  const indexes = new Map(lanes.map(({ key }, index) => [key, index]));
  return { lanes, indexOf: (name) => indexes.get(folded(name)) ?? lanes.length - 1 };
}

function ordered(keys: readonly string[], order: readonly string[]): readonly string[] {
  const machines = [...new Set(keys.map(machineKey))];
  const usual = keys.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || machines.indexOf(machineKey(a)) - machines.indexOf(machineKey(b)),
  );
  const wanted = order.map(folded).filter((key) => usual.includes(key));
  return [...new Set([...wanted, ...usual])];
}

const machineKey = (key: string) => machineOf(key) ?? key;
const rankOf = (key: string) => (key === anyPerson ? 1 : 0);
