import { inAnyPattern } from "../core/scope.ts";

/** The agent's calls of bridge_wait that are open, and what each would answer with. */
export interface OpenWaits {
  /** Counts a wait on these names and patterns, until what it returns is called. */
  enter(scopes: readonly string[]): () => void;
  /** Whether a message in this channel ends one of them. */
  cover(channel: string): boolean;
  /** What they wait on. */
  scopes(): readonly string[];
}

export function createOpenWaits(onChange: () => void): OpenWaits {
  const open = new Set<readonly string[]>();
  const scopes = () => [...open].flat();
  return {
    enter(wanted) {
      // A copy, so that two equal ones are two.
      const own = [...wanted];
      open.add(own);
      onChange();
      return () => {
        open.delete(own);
        onChange();
      };
    },
    cover: (channel) => inAnyPattern(scopes(), channel),
    scopes,
  };
}
