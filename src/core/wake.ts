import { maxAddressees } from "./limits.ts";
import { mentionsIn } from "./mentions.ts";
import type { ChannelName } from "./message.ts";
import type { Addressee, Why } from "./receipt.ts";
import { inAnyPattern } from "./scope.ts";

export const wakes = ["always", "addressed", "never"] as const;

/**
 * What wakes the agents that fit a pattern, in the channels that fit the other: what is for them (`addressed`, as without
 * a rule), everything (`always`), or nothing (`never`). Of several the first that fits counts.
 */
export interface WakeRule {
  readonly agent: string;
  readonly channel: string;
  readonly wake: (typeof wakes)[number];
}

/** A message that is about to be stored, and what its caller knows of it. */
export interface Waking {
  readonly channel: ChannelName;
  readonly sender: string;
  /** Whom it is addressed to, by the names that are known (`recipient.ts`). */
  readonly recipients?: readonly string[] | undefined;
  /** The message that it answers. */
  readonly repliesTo?: { readonly sender: string } | undefined;
  /** Of an envelope. */
  readonly type?: string | undefined;
  /** What its sender wrote for readers. */
  readonly text: string;
  /** Whom an `@name` means; undefined where it means nobody, or several. */
  readonly known: (name: string) => string | undefined;
  /** Agents that follow the channel: rules may wake them for whatever comes. */
  readonly followers?: readonly string[] | undefined;
  readonly rules?: readonly WakeRule[] | undefined;
}

/** Types that tell how far something got. If they woke anybody, two polite agents would thank each other for ever. */
const quietTypes: readonly string[] = ["ack", "presence", "receipt", "progress"];

/**
 * For whom a message is, and why: each once, for the strongest reason, the strongest first, never its own sender, and at
 * most `maxAddressees`. Nobody for what only tells how far something got, whomever it names.
 */
export function addresseesOf(message: Waking): readonly Addressee[] {
  if (message.type !== undefined && quietTypes.includes(message.type)) return [];
  if (isForNobody(message)) return [];
  const rules = (message.rules ?? []).filter(({ channel }) => inAnyPattern([channel], message.channel));
  const wakeOf = (agent: string) => rules.find((rule) => inAnyPattern([rule.agent], agent))?.wake ?? "addressed";
  const found = new Map<string, Addressee>();
  for (const [agent, why] of named(message, rules)) {
    if (found.size >= maxAddressees) break;
    if (agent === message.sender || found.has(agent)) continue;
    const wake = wakeOf(agent);
    if (why !== "follows" || wake === "always") {
      found.set(agent, wake === "never" ? { agent, why, isQuiet: true } : { agent, why });
    }
  }
  return [...found.values()];
}

/** Most messages are, and this is seen without looking for anybody. */
const isForNobody = ({ recipients = [], repliesTo, text, rules = [] }: Waking) =>
  recipients.length === 0 && repliesTo === undefined && rules.length === 0 && !text.includes("@");

/** Whoever it may be for, by strength. Lazily: whoever has enough does not look through the rest. */
function* named(message: Waking, rules: readonly WakeRule[]): Generator<readonly [string, Why]> {
  for (const recipient of message.recipients ?? []) yield [recipient, "addressed"];
  if (message.repliesTo !== undefined) yield [message.repliesTo.sender, "reply"];
  for (const name of mentionsIn(message.text)) {
    const agent = message.known(name);
    if (agent !== undefined) yield [agent, "mention"];
  }
  if (!rules.some(({ wake }) => wake === "always")) return;
  for (const follower of message.followers ?? []) yield [follower, "follows"];
}
