import { isVerified, type Principal, type PrincipalKind } from "./principal.ts";

/** The way that a message came in by. */
export const ways = ["unknown", "http", "mcp", "cli", "web", "webhook", "import", "bridge"] as const;
export type Via = (typeof ways)[number];

/** What the bridge itself knows of who sent a message. The sender has no say in it but for `label`. */
export interface Provenance {
  /** The principal's id, which outlives its names. */
  readonly principal: string;
  readonly kind: PrincipalKind;
  readonly via: Via;
  /** How many messages it is away from one that answered none: of a loop, the number of its rounds. */
  readonly hops: number;
  /** What the sender called itself, where its proven name does not say so. */
  readonly label?: string | undefined;
}

/** Of messages of which nothing was written down. */
export const unknownProvenance: Provenance = { principal: "local", kind: "local", via: "unknown", hops: 0 };

/** What an agent may be called below its machine: one word, so that it cannot pass for another machine's. */
const role = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u;

export const isRole = (text: string): boolean => role.test(text);

/**
 * The name to show for what `principal` sends as `given`. Without a credential of its own that is the name it gives.
 * A machine's agents are `<machine>/<role>`, whatever they call themselves; persons and services have one name.
 */
export function provenSender(
  principal: Pick<Principal, "kind" | "name">,
  given: string,
): { readonly sender: string; readonly label?: string } {
  const { kind, name } = principal;
  if (!isVerified(principal) || given === name) return { sender: given };
  if (kind !== "machine") return { sender: name, label: given };
  const wanted = given.startsWith(`${name}/`) ? given.slice(name.length + 1) : given;
  return role.test(wanted) ? { sender: `${name}/${wanted}` } : { sender: name, label: given };
}

/** Who wrote it: nobody knows of those without a credential of their own. */
export function authorOf({ kind }: Pick<Provenance, "kind">): "human" | "agent" | "unknown" {
  if (kind === "person") return "human";
  return isVerified({ kind }) ? "agent" : "unknown";
}
