import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import type { Caps } from "../core/limits.ts";
import { isVerified, type Principal } from "../core/principal.ts";
import type { Traffic } from "../core/traffic.ts";

/**
 * How much each principal sends. Those that are known one by one have a limit; the others are everybody together, and one
 * of them could use it up for all.
 */
export interface Rates {
  /** Counts the message, or says why it is not taken: `limit_reached`. */
  take(principal: Principal, bytes: number): BridgeError | undefined;
  lastMinute(): readonly Traffic[];
}

type Limits = Pick<Caps, "maxMessagesPerMinute" | "maxBytesPerMinute">;

interface Sent {
  messages: number;
  bytes: number;
}

interface Counted {
  minute: number;
  now: Sent;
  before: Sent;
}

const minuteMs = 60_000;
const nothing: Readonly<Sent> = { messages: 0, bytes: 0 };

/** Counts in minutes of the clock; of the one before, as much counts as is not a minute old. */
export function createRates(clock: Clock, limits: () => Limits): Rates {
  const byPrincipal = new Map<string, Counted>();

  function countedAt(id: string, minute: number): Counted {
    const known = byPrincipal.get(id);
    if (known?.minute === minute) return known;
    const before = known?.minute === minute - 1 ? known.now : nothing;
    const counted = { minute, now: { ...nothing }, before };
    byPrincipal.set(id, counted);
    return counted;
  }

  return {
    take(principal, bytes) {
      const at = clock.now();
      const minute = Math.floor(at / minuteMs);
      const counted = countedAt(principal.id, minute);
      const refusal = isVerified(principal) ? refuse(counted, at, bytes, limits()) : undefined;
      if (refusal !== undefined) return refusal;
      counted.now.messages += 1;
      counted.now.bytes += bytes;
      return undefined;
    },

    lastMinute() {
      const at = clock.now();
      const minute = Math.floor(at / minuteMs);
      for (const [id, counted] of byPrincipal) if (counted.minute < minute - 1) byPrincipal.delete(id);
      return [...byPrincipal.keys()].map((principal) => {
        const counted = countedAt(principal, minute);
        const sum = (what: keyof Sent) => Math.round(counted.now[what] + counted.before[what] * leftOf(at));
        return { principal, messages: sum("messages"), bytes: sum("bytes") };
      });
    },
  };
}

/** How much of the minute before is not a minute ago yet, from 1 down to 0. */
const leftOf = (at: number) => 1 - (at % minuteMs) / minuteMs;

function refuse({ now, before }: Counted, at: number, bytes: number, limits: Limits): BridgeError | undefined {
  const messages = { now: now.messages, before: before.messages, more: 1 };
  const inBytes = { now: now.bytes, before: before.bytes, more: bytes };
  return (
    tooMuch(messages, limits.maxMessagesPerMinute, at, "messages") ??
    tooMuch(inBytes, limits.maxBytesPerMinute, at, "bytes")
  );
}

function tooMuch(weight: Weight, limit: number, at: number, what: string): BridgeError | undefined {
  if (limit === 0 || weight.now + weight.before * leftOf(at) + weight.more <= limit) return undefined;
  const retryAfterSeconds = waitFor(limit, weight, at);
  const message = `you have sent as much as you may, ${limit} ${what} a minute; try again in ${retryAfterSeconds} s`;
  return new BridgeError("limit_reached", message, { retryAfterSeconds });
}

/** Seconds until enough of what weighs on the limit is old: of the minute before, or else of this one in the next. */
function waitFor(limit: number, { now, before, more }: Weight, at: number): number {
  const into = (at % minuteMs) / minuteMs;
  const left = now + more <= limit ? (limit - now - more) / before : (limit - more) / now;
  const turn = now + more <= limit ? 0 : 1;
  return Math.max(1, Math.ceil((turn + 1 - Math.max(0, left) - into) * 60));
}

interface Weight {
  readonly now: number;
  readonly before: number;
  readonly more: number;
}
