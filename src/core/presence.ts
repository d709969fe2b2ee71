/** What is known of an agent: who it is, where, and what proves that it can be reached. */
export interface Presence {
  readonly name: string;
  /** The principal's id that it last came as. */
  readonly principal: string;
  /** The folder that it works in, as it says. */
  readonly project?: string | undefined;
  readonly client?: { readonly name: string; readonly version: string } | undefined;
  /** The version of its shim; without one it talks to the bridge itself. */
  readonly shim?: string | undefined;
  readonly doing: Doing;
  readonly waitingOn?: string | undefined;
  /** Ways of waking that its shim has at hand, in the order that it takes them. */
  readonly ways: readonly string[];
  /** The way by which it was last seen to wake, and when. */
  readonly proved?: Proof | undefined;
  /** When it was first and last heard of, and when its agent last called a tool, in milliseconds since the epoch. */
  readonly firstSeenAt: number;
  readonly seenAt: number;
  readonly calledAt?: number | undefined;
  /** It said goodbye. */
  readonly leftAt?: number | undefined;
  /** Of this node: how many waits for messages it has open, and how many inboxes. */
  readonly openWaits: number;
  readonly openInboxes: number;
}

export const doings = ["working", "idle", "waiting"] as const;
export type Doing = (typeof doings)[number];

export interface Proof {
  readonly way: string;
  readonly at: number;
}

export const reaches = ["wakes", "next step", "by hand", "away"] as const;

/** Whether a message to an agent will be noticed, and what that is taken from. */
export interface Reach {
  readonly reach: (typeof reaches)[number];
  /** The way that wakes it. */
  readonly way?: string | undefined;
  readonly provedAt?: number | undefined;
  /** Of one that is away. */
  readonly reason?: string | undefined;
}

/** Who called a tool so recently will call another. */
const nextStepMs = 600_000;
/** A shim whose inbox is closed for longer has gone without a word: it asks again within a second. */
const absentMs = 90_000;

/** From proofs only: that a shim is there says nothing of its agent. */
export function reachOf(agent: Presence, now: number): Reach {
  const { openWaits, openInboxes, proved, ways, calledAt = Number.NEGATIVE_INFINITY } = agent;
  // What its shim holds open says only that the shim is there; whether its agent waits too, it says itself.
  const isWaiting = openWaits > 0 || (openInboxes > 0 && ways.includes("open-wait"));
  if (isWaiting) return { reach: "wakes", way: "open-wait", provedAt: now };
  const isShimHere = agent.shim !== undefined && now - agent.seenAt < absentMs;
  const isHere = agent.leftAt === undefined && (openInboxes > 0 || isShimHere);
  if (isHere && proved !== undefined && ways.includes(proved.way)) {
    return { reach: "wakes", way: proved.way, provedAt: proved.at };
  }
  if (agent.leftAt === undefined && now - calledAt < nextStepMs) return { reach: "next step" };
  if (isHere) return { reach: "by hand" };
  return { reach: "away", reason: agent.leftAt === undefined ? "not heard of since" : "its client has ended" };
}
