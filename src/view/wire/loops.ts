import { anyPerson, folded } from "../../core/agent-name.ts";
import type { Spoken } from "./spoken.ts";

/** Agents that hand each other the turn in the same order again and again. */
export interface WireLoop {
  /** Raw, in the order in which they speak. */
  readonly agents: readonly string[];
  /** The ids of its messages. */
  readonly keys: readonly string[];
  /** When it was gone on with last, in milliseconds since the Unix epoch. */
  readonly lastAt: number;
  readonly channel: string;
  readonly thread: string | undefined;
}

/** What people call a loop: a circle of so few, so often, and none of it waits for anything. */
const mostAgents = 4;
const rounds = 3;
const longestPauseMs = 120_000;

interface Step {
  readonly one: Spoken;
  readonly from: string;
  readonly to: string;
}

/** Within a thread, or within what is said in a channel outside of threads. A person in the circle breaks it. */
export function loopsOf(spoken: readonly Spoken[]): readonly WireLoop[] {
  const talks = Map.groupBy(spoken, ({ row, said }) => JSON.stringify([row.message.channel, said.thread]));
  return [...talks.values()].flatMap((talk) => loopsIn(talk));
}

function loopsIn(talk: readonly Spoken[]): readonly WireLoop[] {
  const loops: WireLoop[] = [];
  for (const chain of chainsIn(talk)) {
    for (let at = 0; at < chain.length;) {
      const found = circleAt(chain, at);
      if (found === undefined) {
        at += 1;
        continue;
      }
      loops.push(loopOf(chain.slice(at, at + found.length), found.agents));
      at += found.length;
    }
  }
  return loops;
}

/** Messages of which each is from whom the one before was for, soon after it. */
function chainsIn(talk: readonly Spoken[]): readonly (readonly Step[])[] {
  const chains: Step[][] = [];
  let last: Step | undefined;
  for (const one of talk) {
    const step = stepOf(one);
    if (step === undefined) {
      last = undefined;
      continue;
    }
    const isNext = last !== undefined && last.to === step.from && pauseBetween(last, step) <= longestPauseMs;
    if (isNext) chains.at(-1)?.push(step);
    else chains.push([step]);
    last = step;
  }
  return chains;
}

const pauseBetween = (a: Step, b: Step) => b.one.row.message.acceptedAt - a.one.row.message.acceptedAt;

function stepOf(one: Spoken): Step | undefined {
  const [only, ...others] = one.to;
  if (only === undefined || others.length > 0) return undefined;
  const [from, to] = [folded(one.from), folded(only)];
  return from === to || from === anyPerson || to === anyPerson ? undefined : { one, from, to };
}

/** How far a circle of the fewest agents goes from here. */
function circleAt(
  chain: readonly Step[],
  at: number,
): { readonly length: number; readonly agents: number } | undefined {
  for (let agents = 2; agents <= mostAgents; agents += 1) {
    let end = at + agents;
    while (chain[end] !== undefined && chain[end]?.from === chain[end - agents]?.from) end += 1;
    const length = end - at;
    if (length >= agents * rounds && chain[at + agents - 1]?.to === chain[at]?.from) return { length, agents };
  }
  return undefined;
}

function loopOf(steps: readonly Step[], agents: number): WireLoop {
  const [first] = steps;
  return {
    agents: steps.slice(0, agents).map(({ one }) => one.from),
    keys: steps.map(({ one }) => one.row.key),
    lastAt: steps.at(-1)?.one.row.message.acceptedAt ?? 0,
    channel: first?.one.row.message.channel ?? "",
    thread: first?.one.said.thread,
  };
}
