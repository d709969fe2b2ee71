import type { Presence } from "./presence.ts";
import type { Principal } from "./principal.ts";

/**
 * Who is there, and what becomes of a message that is for somebody: the agents of a bridge, as operations see them.
 */
export interface Agents {
  /** Everybody who is known, by name. */
  list(): Promise<readonly Presence[]>;
  find(name: string): Promise<Presence | undefined>;
  /** The agent has called a tool, or said what it does. */
  note(agent: Caller, said?: Announcement): void;
  /** A wait or an inbox of the agent is open until the returned function is called. */
  enter(agent: Caller, what: "wait" | "inbox"): () => void;
  close(): Promise<void>;
}

export interface Caller {
  readonly name: string;
  readonly principal: Pick<Principal, "id">;
}

/** What an agent, or its shim, says of itself; what is undefined stays as it was. */
export interface Announcement {
  readonly project?: string | undefined;
  readonly client?: Presence["client"];
  readonly shim?: string | undefined;
  readonly doing?: Presence["doing"] | undefined;
  readonly waitingOn?: string | undefined;
  readonly ways?: readonly string[] | undefined;
  readonly proved?: Presence["proved"];
  /** Its agent has called a tool. */
  readonly isCall?: boolean | undefined;
  /** Its client has ended. */
  readonly hasLeft?: boolean | undefined;
}

/** Of a bridge within a program, which remembers nobody. */
export const noAgents: Agents = {
  list: () => Promise.resolve([]),
  find: () => Promise.resolve(undefined),
  note: () => undefined,
  enter: () => () => undefined,
  close: () => Promise.resolve(),
};
