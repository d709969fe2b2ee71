import { createHash } from "node:crypto";
import { anyPerson } from "../core/agent-name.ts";
import type { Agents, Routed, Routing } from "../core/agents.ts";
import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import type { Judged, LoopGuard } from "../core/loop-guard.ts";
import type { ChannelName, Message, MessageId } from "../core/message.ts";
import type { Recipient, Recipients } from "../core/recipient.ts";
import type { Addressee } from "../core/receipt.ts";
import { inAnyPattern } from "../core/scope.ts";
import { addresseesOf, type WakeRule } from "../core/wake.ts";
import type { WakeRules } from "../core/wake-rules.ts";
import { ago } from "../core/time.ts";
import type { PresenceBook } from "./presence.ts";

/** Of a name that means somebody, or what to tell the sender. */
interface Found {
  readonly recipient?: string | undefined;
  readonly note?: string | undefined;
}

/** Before the name of whom a direct message is for. */
const direct = "@";

export interface RoutingParts {
  readonly knownNames: () => Promise<Recipients>;
  readonly presence: Pick<PresenceBook, "followers" | "passOver">;
  readonly wakeRules: Pick<WakeRules, "list">;
  readonly guard: LoopGuard;
  readonly clock: Clock;
}

/** Says for whom a message is. Nobody is looked for where a message names nobody. */
export function createRouting({ knownNames, presence, wakeRules, guard, clock }: RoutingParts): Agents["route"] {
  function route(message: Routing, to: string | undefined, recipients: Recipients | undefined): Routed {
    const { channel, answered, text, sender, type } = message;
    const found = to === undefined ? {} : whomToMean(message, to, recipients);
    const inChannel = channel ?? channelFor(found);
    const rules = wakeRules.list();
    const addressees = addresseesOf({
      channel: inChannel,
      sender,
      recipients: found.recipient === undefined ? [] : [found.recipient],
      repliesTo: answered,
      type,
      text,
      known: (name) => recipients?.mentioned(name),
      followers: followersOf(inChannel, rules, presence),
      rules,
    });
    if (addressees.length === 0 && message.thread === undefined) {
      // The guard remembers nothing of what is for nobody, and in no thread.
      const stored = (message: Message) => presence.passOver(message, addressees);
      return { channel: inChannel, addressees, note: found.note, stored };
    }
    const judged = judgedOf({ ...message, channel: inChannel }, addressees, clock.now());
    const verdict = guard.judge(judged);
    const stored = (message: Message) => {
      guard.note(judged, message.id);
      presence.passOver(message, addressees);
    };
    const routed = { channel: inChannel, addressees, note: found.note, stored };
    if (verdict.kind === "held") {
      const held = addressees.map((one) => ({ ...one, state: "held" as const, reason: verdict.reason }));
      return { ...routed, addressees: held };
    }
    return verdict.kind === "pass" ? routed : { ...routed, repeated: asRepeated(verdict.earlier, clock.now()) };
  }

  return async (message) => {
    const to = message.to ?? ownerOf(message.channel);
    const namesNobody = to === undefined && message.answered === undefined && !message.text.includes("@");
    return route(message, to, namesNobody ? undefined : await knownNames());
  };
}

/** Whom rules may wake for whatever comes: those whom one names, and of those who fit a pattern those who read there. */
function followersOf(
  channel: ChannelName,
  rules: readonly WakeRule[],
  presence: Pick<PresenceBook, "followers">,
): readonly string[] {
  const waking = rules.filter((rule) => rule.wake === "always" && inAnyPattern([rule.channel], channel));
  if (waking.length === 0) return [];
  const named = waking.filter(({ agent }) => !agent.includes("*")).map(({ agent }) => agent);
  return named.length === waking.length ? named : [...named, ...presence.followers(channel)];
}

/** An agent's own channel is another way to say whom a message is for. */
const ownerOf = (channel: ChannelName | undefined) =>
  channel?.startsWith(direct) === true && channel.length > direct.length ? channel.slice(direct.length) : undefined;

function judgedOf(
  message: Routing & { readonly channel: ChannelName },
  addressees: readonly Addressee[],
  now: number,
): Judged {
  const { principal, sender, channel, text, answered, idempotencyKey, thread, hops } = message;
  // What names nobody may be said again, whoever follows the channel: of its text nothing is remembered.
  const named = addressees.some(({ why }) => why !== "follows") ? text : "";
  return {
    channel,
    sender,
    addressees: addressees.filter(({ isQuiet }) => isQuiet !== true).map(({ agent }) => agent),
    repliesTo: answered?.id,
    contentHash: named === "" ? "" : createHash("sha256").update(named).digest("base64"),
    contentLength: named.length,
    idempotencyKey,
    thread,
    hops,
    isHuman: principal.kind === "person" || sender === anyPerson,
    now,
  };
}

const asRepeated = ({ id, at }: { readonly id: MessageId; readonly at: number }, now: number) => ({
  id,
  note: `you sent this ${ago(now - at)}: it is stored once, here is the first. To say it again on purpose, say why`,
});

function channelFor({ recipient }: Found): ChannelName {
  if (recipient !== undefined) return `${direct}${recipient}` as ChannelName;
  throw new BridgeError("invalid_input", "missing or empty: channel", { field: "channel" });
}

/**
 * In a channel the message is stored whomever it names, and is that one's if it ever comes: clients of the original
 * address whom they like. A direct message to nobody would be read by nobody.
 */
function whomToMean({ channel }: Routing, to: string, recipients: Recipients | undefined): Found {
  const meant = recipients?.resolve(to);
  if (meant !== undefined && "name" in meant) return { recipient: meant.name };
  const note = noteOn(to, meant);
  if (channel === undefined) throw new BridgeError("not_found", `to: ${note}`, { field: "to" });
  return { recipient: meant?.kind === "ambiguous" ? undefined : to, note };
}

function noteOn(to: string, meant: Exclude<Recipient, { readonly name: string }> | undefined): string {
  if (meant?.kind === "ambiguous") return `'${to}' may be ${meant.candidates.join(" or ")}: say which`;
  const nearest = meant?.nearest ?? [];
  const others = nearest.length === 0 ? "" : `; there is ${nearest.join(", ")}`;
  return `nobody called '${to}' was ever here${others}`;
}
