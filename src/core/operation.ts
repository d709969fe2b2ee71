import type { z } from "zod";
import type { Clock } from "./clock.ts";
import type { Gate } from "./gate.ts";
import type { GuardedStore } from "./guarded-store.ts";
import type { Caps } from "./limits.ts";
import type { Permission, Principal } from "./principal.ts";
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
  readonly permission: Permission;
  readonly effect: "reads" | "appends" | "advances" | "destroys";
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
  readonly about: About;
  /** What becomes of a message that looks like it holds a credential. */
  readonly secretScan: SecretScan;
  /** Who is waiting, over all faces. */
  readonly waits: Gate;
  /** Who has a live event stream open. */
  readonly streams: Gate;
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
}

/** Infers the schemas, so that `run` needs no annotations. */
export function defineOperation<Input extends z.ZodObject, Output extends z.ZodObject>(
  operation: Operation<Input, Output>,
): Operation<Input, Output> {
  return operation;
}
