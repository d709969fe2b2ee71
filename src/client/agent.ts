import type { Doing, Presence, Proof, Reach } from "../core/presence.ts";
import { fieldsOf, isFields, optionalText, text, time } from "./shape.ts";

/** Who is there, and whether a message would be noticed. */
export interface Agent {
  readonly name: string;
  readonly machine: string | undefined;
  /** The folder that it works in, as it says. */
  readonly project: string | undefined;
  readonly client: Presence["client"];
  /** The version of its shim. */
  readonly shim: string | undefined;
  readonly doing: Doing;
  readonly waitingOn: string | undefined;
  readonly reach: Reach["reach"];
  /** The way that was proved to wake it, and when, in milliseconds since the Unix epoch. */
  readonly way: string | undefined;
  readonly provedAt: number | undefined;
  /** By which way it was last seen to wake, in an earlier session too. */
  readonly lastProved: Proof | undefined;
  /** Why it is away, and since when. */
  readonly reason: string | undefined;
  readonly awaySince: number | undefined;
  readonly lastSeen: number;
}

export function agentFrom(value: unknown): Agent {
  const fields = fieldsOf(value);
  const { client, proved_at: provedAt, last_proved: proved, away_since: awaySince } = fields;
  return {
    name: text(fields, "name"),
    machine: optionalText(fields, "machine"),
    project: optionalText(fields, "project"),
    client: isFields(client) ? { name: text(client, "name"), version: text(client, "version") } : undefined,
    shim: optionalText(fields, "shim"),
    doing: text(fields, "doing") as Doing,
    waitingOn: optionalText(fields, "waiting_on"),
    reach: text(fields, "reach") as Reach["reach"],
    way: optionalText(fields, "way"),
    provedAt: provedAt === undefined ? undefined : time(fields, "proved_at"),
    lastProved: isFields(proved) ? { way: text(proved, "way"), at: time(proved, "at") } : undefined,
    reason: optionalText(fields, "reason"),
    awaySince: awaySince === undefined ? undefined : time(fields, "away_since"),
    lastSeen: time(fields, "last_seen"),
  };
}

/** What an agent, or its shim, says of itself; what is undefined stays as it was. */
export interface Announcement {
  readonly project?: string | undefined;
  readonly client?: Presence["client"];
  readonly shim?: string | undefined;
  readonly doing?: Doing | undefined;
  readonly waitingOn?: string | undefined;
  /** Ways of waking that are at hand, the best first. */
  readonly ways?: readonly string[] | undefined;
  /** The way by which the agent was just seen to wake. */
  readonly proved?: { readonly way: string } | undefined;
  /** Its client has ended. */
  readonly gone?: boolean | undefined;
}
