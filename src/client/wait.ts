import { maxHttpWaitSeconds } from "../core/limits.ts";
import { type WaitPage, waitPageFrom } from "./answers.ts";
import type { Ask } from "./request.ts";
import { ask } from "./retry.ts";
import type { CallOptions, Settings } from "./settings.ts";
import { fieldsOf } from "./shape.ts";

/** The two ways to say where to read from: an entry that was seen, or a consumer whose place the bridge keeps. */
export interface From {
  /** The id of the last entry that was seen, or `beginning`. */
  readonly sinceId?: string | undefined;
  readonly consumerId?: string | undefined;
}

export interface Waiting extends From {
  readonly channel?: string | undefined;
  /** Several, or patterns in which `*` stands for any run of characters; a consumer waits on names only. */
  readonly channels?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  /** How long to wait when nothing comes; until something does unless told. */
  readonly timeoutSeconds?: number | undefined;
}

/**
 * Waits for messages after the cursor. Each request waits as long as HTTP lets it, and is made again, also when the
 * bridge was gone: a wait moves no cursor, so nothing is missed. While the time to wait is not over there is patience.
 *
 * @throws BridgeError with the bridge's code; the last failure when the patience is over.
 */
export async function wait(settings: Settings, waiting: Waiting, options: CallOptions = {}): Promise<WaitPage> {
  const { timeoutSeconds = Number.POSITIVE_INFINITY, ...what } = waiting;
  return waitPageFrom(await askUntil(settings, { ...askFor(what), waitSeconds: timeoutSeconds }, options));
}

function askFor({ channel, channels, sinceId, consumerId, limit }: Waiting): Ask {
  return {
    path: "/api/wait",
    query: [
      ["channel", channel],
      ["channels", channels?.join(",")],
      ["since_id", sinceId],
      ["consumer_id", consumerId],
      ["limit", limit],
    ],
  };
}

/** A question that the bridge may think about, in seconds. */
export interface LongAsk extends Ask {
  readonly waitSeconds: number;
}

/** The JSON of the answer that came in time, or of the last that says it did not. */
export async function askUntil(settings: Settings, long: LongAsk, options: CallOptions = {}): Promise<unknown> {
  const { waitSeconds, query = [], ...rest } = long;
  let leftSeconds = waitSeconds;
  for (;;) {
    const seconds = Math.min(leftSeconds, maxHttpWaitSeconds);
    const patienceMs = options.patienceMs ?? Math.max(settings.patienceMs, leftSeconds * 1000);
    const what = { ...rest, query: [...query, ["timeout_seconds", seconds] as const], moreMs: seconds * 1000 };
    const answer = await ask(settings, what, { ...options, patienceMs });
    leftSeconds -= seconds;
    if (fieldsOf(answer)["timed_out"] !== true || leftSeconds <= 0) return answer;
  }
}
