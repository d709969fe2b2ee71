import { BridgeError } from "./error.ts";
import { type Ask, askOnce } from "./request.ts";
import type { Backoff, CallOptions, Settings } from "./settings.ts";
import { limited, pause } from "./timer.ts";

/** Above this the doubled pause is past every bound, and the number would not end. */
const mostDoublings = 30;

/**
 * The pause after so many failures in a row, the first being 0: anything up to a bound that doubles, so that clients
 * which lost their bridge at one moment do not come back at one moment. Not sooner than it was asked for.
 */
export function backoffMs({ firstMs, mostMs }: Backoff, failures: number, atLeastMs = 0): number {
  const bound = Math.min(mostMs, firstMs * 2 ** Math.min(failures, mostDoublings));
  return atLeastMs + Math.random() * bound;
}

/**
 * Asks until there is an answer, or one that no patience would change. A request may arrive twice, so only what does
 * no harm then is asked here.
 *
 * @throws BridgeError the last failure, when the patience is over.
 */
export async function ask(settings: Settings, what: Ask, options: CallOptions = {}): Promise<unknown> {
  const { signal, patienceMs = settings.patienceMs } = options;
  const patience = limited(settings.timer, patienceMs, signal);
  try {
    for (let failures = 0; ; failures++) {
      try {
        return await askOnce(settings, what, signal);
      } catch (error) {
        if (!(error instanceof BridgeError) || !error.retryable || patienceMs <= 0) throw error;
        const pauseMs = backoffMs(settings.backoff, failures, error.retryAfterMs);
        await pause(settings.timer, pauseMs, patience.signal).catch((reason: unknown) => {
          throw patience.isOver ? error : reason;
        });
      }
    }
  } finally {
    patience.release();
  }
}
