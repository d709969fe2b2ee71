import { anyPerson } from "./agent-name.ts";
import { type Breaker, type ClosedBreaker, createBreakers, pairOf } from "./breakers.ts";
import { type Chatter, createChatter } from "./chatter.ts";
import { defaultLoopLimits, type LoopLimits } from "./loop-limits.ts";
import type { MessageId } from "./message.ts";
import { createRepeats, type Earlier, type Said } from "./repeats.ts";

/** A message that is about to be stored. */
export interface Judged extends Said {
  /** The agents that it would wake. Without any it is never held: what wakes nobody feeds no loop. */
  readonly addressees: readonly string[];
  readonly thread?: string | undefined;
  /** How many answers in a row it ends, none of them by a person. */
  readonly hops: number;
  readonly isHuman: boolean;
  readonly now: number;
}

export type Verdict =
  | { readonly kind: "pass" }
  /** To be stored, and kept from its addressees until a person releases it. */
  | { readonly kind: "held"; readonly reason: string; readonly breaker: Breaker }
  /** Not to be stored: it is the earlier one once more. */
  | { readonly kind: "repeated"; readonly earlier: Earlier };

/**
 * Keeps agents from waking each other for ever. It judges only what would wake an agent. A breaker that has closed holds
 * everything until a person opens it or speaks there, or until nobody has tried for a while. All is in memory, and
 * bounded; a bridge that starts again begins anew.
 */
export interface LoopGuard {
  /** Changes no count but that of what a closed breaker holds. */
  judge(message: Judged): Verdict;
  /**
   * Counts a message that is new in the store, held or not. Call it as soon as the store has answered: what is judged
   * before that does not know of the message. A person's message opens what it touches: its thread, and all pairs of the
   * agents that it wakes; and these may say everything once more.
   */
  note(message: Judged, id: MessageId): void;
  /** A person's decision. False when it was not closed. */
  reopen(breaker: Breaker): boolean;
  /** What is closed, the one that was tried longest ago first. */
  list(now: number): readonly ClosedBreaker[];
  /** How many things it remembers. */
  readonly size: number;
}

export function createLoopGuard(given: Partial<LoopLimits> = {}): LoopGuard {
  const limits = { ...defaultLoopLimits, ...given };
  const chatter = {
    pair: createChatter(limits.maxPairMessages, limits.pairWindowMs, limits.maxPairs),
    thread: createChatter(limits.maxThreadMessages, limits.threadWindowMs, limits.maxThreads),
  };
  const { repeatMs, minRepeatLength: minLength, maxTexts: most } = limits;
  const repeats = createRepeats({ repeatMs, minLength, most });
  const breakers = createBreakers(limits.quietMs, limits.maxClosed);

  function open(breaker: Breaker, hops = 0): boolean {
    const closed = breakers.open(breaker);
    chatter[breaker.kind].reset(breaker, Math.max(hops, closed?.hops ?? 0));
    return closed !== undefined;
  }

  /**
   * Why the breaker lets nothing through; undefined while it does. A chain of answers is looked at once, where it runs: in
   * its thread, or else between its sender and the first whom it wakes.
   */
  function whyClosed(breaker: Breaker, { now, hops }: Judged, isFirst: boolean): string | undefined {
    const closed = breakers.find(breaker);
    if (closed !== undefined && !breakers.isQuiet(closed, now)) return closed.reason;
    if (closed !== undefined) open(breaker);
    const said: Chatter = chatter[breaker.kind];
    const isTooLong = isFirst && said.hopsSince(breaker, hops) > limits.maxHops;
    if (isTooLong) return `more than ${limits.maxHops} answers in a row, and none of them by a person`;
    return said.isSpent(breaker, now) ? whatWasSpent(breaker, limits) : undefined;
  }

  function hearPerson({ addressees, thread, channel, hops }: Judged): void {
    const agents = new Set(addressees);
    if (thread !== undefined) open({ kind: "thread", channel, thread }, hops);
    if (agents.size === 0) return;
    repeats.forget(agents);
    for (const breaker of [...breakers.list().map((closed) => closed.breaker), ...chatter.pair.list()]) {
      if (breaker.kind === "pair" && breaker.between.some((agent) => agents.has(agent))) open(breaker, hops);
    }
  }

  return {
    judge(message) {
      const touched = message.isHuman ? [] : breakersOf(message);
      const earlier = touched.length === 0 ? undefined : repeats.find(message, message.now);
      if (earlier !== undefined) return { kind: "repeated", earlier };
      for (const [place, breaker] of touched.entries()) {
        const reason = whyClosed(breaker, message, place === 0);
        if (reason === undefined) continue;
        breakers.keepBack(breaker, reason, message.hops, message.now);
        return { kind: "held", reason, breaker };
      }
      return { kind: "pass" };
    },

    note(message, id) {
      if (message.isHuman) return hearPerson(message);
      const touched = breakersOf(message);
      if (touched.length === 0) return;
      repeats.note(message, { id, at: message.now });
      if (touched.some((breaker) => breakers.find(breaker) !== undefined)) return;
      for (const breaker of touched) chatter[breaker.kind].count(breaker, message.hops, message.now);
    },

    reopen: (breaker) => breakers.find(breaker) !== undefined && open(breaker),
    list: (now) => breakers.list().filter((closed) => !breakers.isQuiet(closed, now)),
    get size() {
      return chatter.pair.size + chatter.thread.size + repeats.size + breakers.list().length;
    },
  };
}

/** Where the message would count: its thread, then the pairs that it makes. */
function breakersOf({ sender, addressees, channel, thread }: Judged): readonly Breaker[] {
  const agents = new Set(addressees.filter((agent) => agent !== sender && agent !== anyPerson));
  if (agents.size === 0) return [];
  const pairs = Array.from(agents, (agent) => pairOf(sender, agent));
  return thread === undefined ? pairs : [{ kind: "thread", channel, thread }, ...pairs];
}

function whatWasSpent(breaker: Breaker, limits: LoopLimits): string {
  const minutes = (ms: number) => `${Math.round(ms / 60_000)} minutes`;
  switch (breaker.kind) {
    case "pair":
      return `${breaker.between.join(" and ")} have sent each other ${limits.maxPairMessages} messages within ${minutes(limits.pairWindowMs)}, and no person has spoken`;
    case "thread":
      return `agents have sent ${limits.maxThreadMessages} messages in this thread within ${minutes(limits.threadWindowMs)}, and no person has spoken`;
  }
}
