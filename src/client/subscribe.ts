import { type Listener, readConnection, type Scope } from "./connection.ts";
import { BridgeError, invalidInput } from "./error.ts";
import { createNews } from "./news.ts";
import { createPlace } from "./place.ts";
import { wellFormed } from "./request.ts";
import { backoffMs } from "./retry.ts";
import type { Settings } from "./settings.ts";
import type { StreamEntry, Subscribe } from "./subscription.ts";
import { linked, pause } from "./timer.ts";

/**
 * Every entry of the channels, once and in order, for as long as the caller likes: whatever breaks meanwhile, it comes
 * back to where it was. Nothing is read ahead of the caller but what a socket holds.
 *
 * @throws BridgeError when no further try would help: the bridge refuses, or does not know the cursor any more.
 */
export async function* subscribe(settings: Settings, wanted: Subscribe): AsyncGenerator<StreamEntry, void, void> {
  const { after = "now", onState = () => {} } = wanted;
  const link = linked(wanted.signal);
  const returns = createReturns(settings, () => onState({ kind: "live" }));
  let ended: { kind: "ended"; error?: unknown } = { kind: "ended" };
  try {
    const scope = scopeOf(wanted);
    const place = createPlace(after === "now" ? undefined : wellFormed("after", after));
    const reading = { scope, place, news: createNews(wanted) };
    while (!link.signal.aborted) {
      onState({ kind: "connecting" });
      try {
        yield* readConnection(settings, reading, returns.listener, link.signal);
      } catch (error) {
        if (link.signal.aborted) return;
        if (!isPassing(error)) throw error;
        const afterMs = returns.pauseMs(error);
        onState({ kind: "retrying", afterMs, error });
        await pauseUntilHurried(settings, afterMs, wanted.hurry, link.signal);
      }
    }
  } catch (error) {
    ended = { kind: "ended", error };
    throw error;
  } finally {
    link.end();
    onState(ended);
  }
}

interface Returns {
  readonly listener: Listener;
  /** How long to wait after this failure, in milliseconds. */
  pauseMs(failure: BridgeError): number;
}

/** Counts the tries that came to nothing. One that heard from the bridge begins the count anew. */
function createReturns({ backoff }: Settings, live: () => void): Returns {
  let failures = 0;
  let { firstMs } = backoff;
  return {
    listener: {
      live,
      heard: () => (failures = 0),
      asked: (ms) => (firstMs = Math.min(ms, backoff.mostMs)),
    },
    pauseMs: ({ retryAfterMs }) => backoffMs({ ...backoff, firstMs }, failures++, retryAfterMs),
  };
}

/** Over when the time is, when the caller wants no longer to wait, or when it has left. */
async function pauseUntilHurried(
  { timer }: Settings,
  ms: number,
  hurry: Subscribe["hurry"],
  signal: AbortSignal,
): Promise<void> {
  const waiting = linked(signal);
  const unhurry = hurry?.(() => waiting.end());
  try {
    await pause(timer, ms, waiting.signal).catch(() => {});
  } finally {
    unhurry?.();
    waiting.end();
  }
}

/** Nobody waits for an answer to a stream: it may also wait for a bridge to be mended. */
const isPassing = (error: unknown): error is BridgeError =>
  error instanceof BridgeError && (error.retryable || error.code === "internal");

function scopeOf({ channels = [], patterns = [] }: Subscribe): Scope {
  if (channels.length + patterns.length === 0) throw invalidInput("channels", "name a channel, or give patterns");
  const withComma = patterns.find((pattern) => pattern.includes(","));
  if (withComma !== undefined) throw invalidInput("patterns", "can hold no comma");
  const named = channels.map((channel) => ["channel", channel] as const);
  return [...named, ...patterns.map((pattern) => ["channels", pattern] as const)];
}
