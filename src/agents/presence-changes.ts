import type { Announcement } from "../core/agents.ts";
import { absentMs, type Presence, reachOf } from "../core/presence.ts";

/** What is known of one agent, and what becomes of that by what is heard. */

export interface Said extends Announcement, Partial<Pick<Presence, "openWaits" | "openInboxes" | "follows">> {
  /** Something that was open has ended: that brings nobody back who has said goodbye. */
  readonly isEnd?: true;
}

export const isOpen = ({ openWaits, openInboxes }: Presence) => openWaits + openInboxes > 0;

export const newcomer = (name: string, principal: string, now: number): Presence => ({
  name,
  principal,
  doing: "idle",
  ways: [],
  firstSeenAt: now,
  seenAt: now,
  openWaits: 0,
  openInboxes: 0,
});

/** As it is when this bridge hears of it again: what its shim said it may say anew. */
export const returned = ({
  name,
  principal,
  project,
  client,
  proved,
  firstSeenAt,
  seenAt,
  ...rest
}: Presence): Presence => ({
  ...newcomer(name, principal, seenAt),
  project,
  client,
  proved,
  firstSeenAt,
  calledAt: rest.calledAt,
  leftAt: rest.leftAt,
  cameAt: rest.cameAt,
  follows: rest.follows,
});

/** What is undefined stays as it was; whoever says something is there. */
export function merge(before: Presence, { isCall, hasLeft, isEnd, isListening, ...rest }: Said, now: number): Presence {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const isGone = before.leftAt !== undefined || (!isOpen(before) && now - before.seenAt >= absentMs);
  const { leftAt, ...agent } = isGone && isEnd !== true ? anew(before, now) : before;
  return {
    ...agent,
    ...given,
    seenAt: now,
    ...(isEnd === true && leftAt !== undefined ? { leftAt } : {}),
    ...(isCall === true || (isCall !== undefined && agent.shim !== undefined) ? { calledAt: now } : {}),
    ...(isListening === true ? { listenedAt: now } : {}),
    ...(hasLeft === true ? { leftAt: now, doing: "idle", ways: [] } : {}),
  };
}

/** It was gone, so it may be another session: what woke that one is not known to wake this one. */
const anew = (agent: Presence, now: number): Presence => ({ ...agent, leftAt: undefined, ways: [], cameAt: now });

/** Whether others see more of it than that it was heard of again. */
export const isNews = (before: Presence | undefined, after: Presence, now: number): boolean =>
  before === undefined || shown(before, now) !== shown(after, now);

function shown(agent: Presence, now: number): string {
  const { project, client, shim, doing, waitingOn, ways } = agent;
  const { reach, way, reason } = reachOf(agent, now);
  return JSON.stringify([project, client, shim, doing, waitingOn, ways, reach, way, reason]);
}
