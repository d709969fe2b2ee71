import type { AuditSource } from "./audit.ts";

/** Channels and senders from which nothing is taken for now. They can still be read, and read. */
export interface Freezes {
  list(): readonly FreezeRow[];
  /** Again with another reason changes the reason. @throws BridgeError `not_found`. */
  freeze(target: FreezeTarget, reason: string, source: AuditSource): Promise<FreezeRow>;
  /** @throws BridgeError `not_found`. */
  unfreeze(target: FreezeTarget, source: AuditSource): Promise<FreezeRow>;
}

/**
 * A channel or a pattern of them; or a principal by id or name, or one agent of a machine as `<machine>/<role>`. `local`
 * and `shared` are all of those whom nobody knows.
 */
export type FreezeTarget = { readonly channel: string } | { readonly principal: string };

export interface FreezeRow {
  readonly target: "channel" | "principal";
  /** The channel or pattern; a principal's id, with an agent's role after it. */
  readonly name: string;
  /** What it is called now. */
  readonly shown: string;
  readonly reason: string;
  readonly createdAt: number;
  readonly createdBy: string;
}
