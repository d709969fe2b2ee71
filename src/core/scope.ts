import type { ChannelName } from "./message.ts";

/**
 * Which channels a reader looks at. A `*` in a pattern stands for any run of characters, also an empty one;
 * everything else stands for itself. A name is never read as a pattern, so a channel called `a*` can be named.
 */
export interface Scope {
  readonly names: readonly ChannelName[];
  readonly patterns: readonly string[];
  /** The reader's rights: only channels that fit a pattern of each list. Without it, every channel. */
  readonly within?: readonly (readonly string[])[] | undefined;
}

export const only = (channel: ChannelName): Scope => ({ names: [channel], patterns: [] });

export const everything: Scope = { names: [], patterns: ["*"] };

export function inScope({ names, patterns, within }: Scope, channel: ChannelName): boolean {
  if (!names.includes(channel) && !inAnyPattern(patterns, channel)) return false;
  return within === undefined || within.every((allowed) => inAnyPattern(allowed, channel));
}

/** Names of other things, such as agents, have patterns of the same form. */
export const inAnyPattern = (patterns: readonly string[], name: string): boolean =>
  patterns.some((pattern) => fits(pattern, name));

/** Whether the scope is the whole log, so that nothing has to be looked for in it. */
export const isEverything = ({ patterns, within }: Scope): boolean =>
  patterns.includes("*") && (within === undefined || within.length === 0);

/** Greedy from both ends, so the work is linear in the pieces: no pattern can make it slow. */
export function fits(pattern: string, name: string): boolean {
  const pieces = pattern.split("*");
  const [first = "", last = ""] = [pieces[0], pieces.at(-1)];
  if (pieces.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let from = first.length;
  const end = name.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, from);
    if (found < 0 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}
