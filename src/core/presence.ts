import type { ChannelName, Seq } from "./message.ts";

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
  /** When its shim last had its inbox open, or read it. */
  readonly listenedAt?: number | undefined;
  /** When it came back after it was gone; what was proved before that was another session's. */
  readonly cameAt?: number | undefined;
  /** It said goodbye. */
  readonly leftAt?: number | undefined;
  /** Channels that it read lately, the last one last. */
  readonly follows?: readonly Follow[] | undefined;
  /** Of this node: how many waits for messages it has open, and how many inboxes. */
  readonly openWaits: number;
  readonly openInboxes: number;
}

/** How far somebody was given a channel. */
export interface Place {
  readonly channel: ChannelName;
  readonly seq: Seq;
}

/** A channel that an agent reads, and what came in it since that it need not be told of. */
export interface Follow extends Place {
  /** When it read there last, in milliseconds since the epoch. */
  readonly at: number;
  /** After its place: messages of its own, and such as are for it. */
  readonly passed: readonly Seq[];
  /** How many more of these there are, before the first. */
  readonly earlier?: number | undefined;
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
  /** Of one that is away: why, and since when. */
  readonly reason?: string | undefined;
  readonly since?: number | undefined;
}

/** Who called a tool so recently will call another. */
const nextStepMs = 600_000;
/** A shim whose inbox is closed for longer has gone without a word: it asks again within a second. */
export const absentMs = 90_000;

/** From proofs only: that a shim is there says nothing of its agent, and that it says so nothing of its ears. */
export function reachOf(agent: Presence, now: number): Reach {
  const { openWaits, openInboxes, proved, ways, shim, leftAt } = agent;
  const { calledAt = longAgo, cameAt = longAgo } = agent;
  // What a shim holds open says only that the shim is there; whether its agent waits too, it says itself.
  const isWaiting = openWaits > 0 || (openInboxes > 0 && ways.includes("open-wait"));
  if (isWaiting) return { reach: "wakes", way: "open-wait", provedAt: now };
  const isListening = openInboxes > 0 || (shim !== undefined && now - lastListening(agent) < absentMs);
  const isHere = leftAt === undefined && isListening;
  if (isHere && proved !== undefined && proved.at >= cameAt && ways.includes(proved.way)) {
    return { reach: "wakes", way: proved.way, provedAt: proved.at };
  }
  // Where there is a shim, it is the shim that puts a line under the next result.
  const seesLines = leftAt === undefined && (shim === undefined || isListening);
  if (seesLines && now - calledAt < nextStepMs) return { reach: "next step" };
  return isHere ? { reach: "by hand" } : awayOf(agent, now);
}

/** Whoever has just come will listen in a moment. */
const lastListening = ({ listenedAt = longAgo, cameAt, firstSeenAt }: Presence) =>
  Math.max(listenedAt, cameAt ?? firstSeenAt);

const longAgo = Number.NEGATIVE_INFINITY;

function awayOf(agent: Presence, now: number): Reach {
  const { leftAt, shim, seenAt } = agent;
  if (leftAt !== undefined) return { reach: "away", reason: "its client has ended", since: leftAt };
  if (shim !== undefined && now - seenAt < absentMs) {
    return { reach: "away", reason: "it is heard, but does not ask for its mail", since: lastListening(agent) };
  }
  return { reach: "away", reason: "not heard of since", since: seenAt };
}
