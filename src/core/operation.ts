import type { z } from "zod";
import type { Access } from "./access.ts";
import type { Agents } from "./agents.ts";
import type { AuditSource } from "./audit.ts";
import type { Clock } from "./clock.ts";
import type { FairGate } from "./fair-gate.ts";
import type { GuardedStore } from "./guarded-store.ts";
import type { Caps } from "./limits.ts";
import type { Self } from "./mailboxes.ts";
import type { Permission, Principal } from "./principal.ts";
import type { Via } from "./provenance.ts";
import type { SecretScan } from "./secret-scan.ts";

/**
 * One thing that a caller can ask of the bridge. Defined once, served by every face: MCP makes it a tool, HTTP
 * mounts it on a route, the CLI makes it a command.
 */
export interface Operation<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** For whoever must choose it: what it does and when to use it. */
  readonly summary: string;
  /** `none`: it is for everybody, or looks for itself who may. */
  readonly permission: Permission | "none";
  readonly effect: "reads" | "appends" | "advances" | "destroys";
  /** What runs beside an agent asks it by itself: that says nothing of what the agent does. */
  readonly isBackground?: boolean;
  readonly input: Input;
  readonly output: Output;
  run(input: z.output<Input>, context: Context): Promise<z.output<Output>>;
}

export interface Context {
  /** What the caller may read and write of the store. */
  readonly store: GuardedStore;
  readonly clock: Clock;
  readonly caps: Caps;
  readonly principal: Principal;
  /** The way that the call came by. */
  readonly via: Via;
  /** The agent that calls, where it says who it is. */
  readonly self?: Self | undefined;
  /** Who there is, and what they may. */
  readonly access: Access;
  /** Which agents there are, and who can be reached. */
  readonly agents: Agents;
  /** The caller, as the audit is told of it. */
  readonly source: AuditSource;
  readonly about: About;
  /** What becomes of a message that looks like it holds a credential. */
  readonly secretScan: SecretScan;
  /** Who is waiting, over all faces. */
  readonly waits: FairGate;
  /** Who has a live event stream open. */
  readonly streams: FairGate;
  /** Aborts when the caller is gone or the bridge is closing. */
  readonly signal: () => AbortSignal;
}

/** What this node says of itself. */
export interface About {
  readonly version: string;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  /** Days after which messages are deleted; 0 keeps them for ever. */
  readonly retentionDays: number;
  /** Where other machines reach it, the addresses that answered when it started. */
  readonly remoteUrls: () => readonly string[];
}

/** Infers the schemas, so that `run` needs no annotations. */
export function defineOperation<Input extends z.ZodObject, Output extends z.ZodObject>(
  operation: Operation<Input, Output>,
): Operation<Input, Output> {
  return operation;
}
