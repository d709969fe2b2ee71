import { anyPerson, folded, roleOf } from "./agent-name.ts";
import { maxNamedCandidates } from "./limits.ts";
import { nearestNames } from "./nearest.ts";

/** Whom a message is addressed to. */
export type Recipient =
  | { readonly kind: "agent"; readonly name: string }
  /** All agents of the machine: they share the mailbox that has its name. */
  | { readonly kind: "machine"; readonly name: string }
  /** `you`, which is whoever sits at a keyboard, or one of them. */
  | { readonly kind: "person"; readonly name: string }
  /** Several have this role or, but for case, this name: the first of them by their characters. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] }
  | { readonly kind: "unknown"; readonly nearest: readonly string[] };

export interface KnownNames {
  readonly agents: readonly string[];
  readonly machines: readonly string[];
  readonly persons: readonly string[];
}

/** Whom a name means, among those who are known. */
export interface Recipients {
  /**
   * The one who has exactly this name, or else the one agent with this role; or else the same whatever the case. `you`
   * is nobody's own name.
   */
  resolve(to: string): Recipient;
  /** Whom `@name` in a text means: an agent or a person, if only one can be meant. */
  mentioned(name: string): string | undefined;
}

type Named = Extract<Recipient, { readonly name: string }>;

/** Looks through all names once; each answer then costs a few look-ups, and comparisons only for who is unknown. */
export function createRecipients({ agents, machines, persons }: KnownNames): Recipients {
  const named: readonly Named[] = [
    { kind: "person", name: anyPerson },
    ...agents.map((name) => ({ kind: "agent" as const, name })),
    ...machines.map((name) => ({ kind: "machine" as const, name })),
    ...persons.map((name) => ({ kind: "person" as const, name })),
  ];
  const exact = new Map(named.toReversed().map((one) => [one.name, one]));
  const all = [...exact.values()];
  const withRole = all.filter(({ kind, name }) => kind === "agent" && roleOf(name) !== undefined);
  const byRole = Map.groupBy(withRole, ({ name }) => roleOf(name));
  const byFolded = Map.groupBy(all, ({ name }) => folded(name));
  const byFoldedRole = Map.groupBy(withRole, ({ name }) => folded(roleOf(name) ?? ""));

  const find = (to: string): readonly Named[] => {
    const found = exact.get(to);
    if (found !== undefined) return [found];
    return byRole.get(to) ?? byFolded.get(folded(to)) ?? byFoldedRole.get(folded(to)) ?? [];
  };

  return {
    resolve(to) {
      const [first, ...others] = find(to);
      if (first === undefined) return { kind: "unknown", nearest: nearestNames(to, [...exact.keys()]) };
      if (others.length === 0) return first;
      const candidates = [first, ...others].map(({ name }) => name).toSorted();
      return { kind: "ambiguous", candidates: candidates.slice(0, maxNamedCandidates) };
    },

    mentioned(name) {
      const [first, ...others] = find(name);
      return others.length > 0 || first?.kind === "machine" ? undefined : first?.name;
    },
  };
}

/** For one name only; for several, `createRecipients` looks through the known ones once. */
export const resolveRecipient = (to: string, known: KnownNames): Recipient => createRecipients(known).resolve(to);
