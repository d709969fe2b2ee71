import { folded, machineOf, roleOf } from "./agent-name.ts";
import { editDistance } from "./edit-distance.ts";
import { maxLabelLength, maxNamesCompared, maxNearest } from "./limits.ts";

/**
 * The known names that somebody who wrote `unknown` may have meant, the likeliest first, at most `maxNearest`: slips of
 * the pen, then the same role elsewhere, then other agents of the same machine. Of two that are as likely, the one that
 * comes first by its characters. Case makes no difference.
 */
export function nearestNames(unknown: string, names: readonly string[]): readonly string[] {
  const wanted = takeApart(unknown.slice(0, maxLabelLength));
  return names
    .slice(0, maxNamesCompared)
    .map((name) => ({ name, rank: rankOf(wanted, takeApart(name.slice(0, maxLabelLength))) }))
    .filter(({ rank }) => rank < Infinity)
    .toSorted((one, other) => one.rank - other.rank || compare(one.name, other.name))
    .slice(0, maxNearest)
    .map(({ name }) => name);
}

interface Parts {
  readonly whole: string;
  readonly machine?: string | undefined;
  readonly role?: string | undefined;
}

function takeApart(name: string): Parts {
  const whole = folded(name);
  return { whole, machine: machineOf(whole), role: roleOf(whole) };
}

/** Slips that are forgiven: one in short names, and never so many that anything is like anything. */
const mostSlips = 4;
const slipsIn = (name: string) => Math.max(1, Math.min(mostSlips, Math.floor(name.length / 3)));

/** A role that was meant for another machine is not so near as a whole name. */
const elsewhere = mostSlips + 1;
const sameMachine = elsewhere + mostSlips + 1;

function rankOf(wanted: Parts, known: Parts): number {
  const slips = editDistance(wanted.whole, known.whole, slipsIn(wanted.whole));
  if (slips !== undefined) return slips;
  const role = wanted.role ?? wanted.whole;
  const hasRole = wanted.role !== undefined || known.role !== undefined;
  const slipsInRole = hasRole ? editDistance(role, known.role ?? known.whole, slipsIn(role)) : undefined;
  if (slipsInRole !== undefined) return elsewhere + slipsInRole;
  const machine = wanted.machine ?? wanted.whole;
  return machine === known.machine || machine === known.whole ? sameMachine : Infinity;
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
