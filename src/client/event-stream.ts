import { BridgeError, unreachable } from "./error.ts";
import { createEventParser, type StreamEvent } from "./event-parser.ts";
import { type Ask, request } from "./request.ts";
import type { Settings } from "./settings.ts";
import { limited, orAborted, type Timer } from "./timer.ts";

/** A bridge says something every 15 s; one that says nothing for two and a half times as long is not there any more. */
const silenceMs = 37_500;

export interface EventStream {
  /** Where the stream began, for a reader that came without a cursor. */
  readonly cursor: string | undefined;
  /** The change of receipts where it began, where it has them. */
  readonly receiptsFrom: number | undefined;
  /** What each read gave, whole: empty for a heartbeat. Reads only when it is asked, so a slow reader holds up the bridge. */
  readonly batches: AsyncGenerator<readonly StreamEvent[], void, void>;
}

/**
 * Opens a stream. The signal ends it, also after this has resolved.
 *
 * @throws BridgeError with the bridge's code, or `unreachable`, also from `batches`.
 */
export async function openEventStream(settings: Settings, ask: Ask, signal: AbortSignal): Promise<EventStream> {
  const { body, headers } = await requestWithin(settings, ask, signal);
  if (body === null || !headers.get("Content-Type")?.startsWith("text/event-stream")) {
    void body?.cancel().catch(() => {});
    throw unreachable(`what answers at ${settings.url} is no bridge: it sends no events`);
  }
  return { cursor: cursorIn(headers), receiptsFrom: receiptsIn(headers), batches: read(body, settings.timer, signal) };
}

function cursorIn(headers: Headers): string | undefined {
  const encoded = headers.get("Claude-Bridge-Cursor");
  try {
    return encoded === null ? undefined : decodeURIComponent(encoded);
  } catch (cause) {
    throw new BridgeError("unexpected_answer", "Claude-Bridge-Cursor: is not percent-encoded UTF-8", { cause });
  }
}

function receiptsIn(headers: Headers): number | undefined {
  const change = headers.get("Claude-Bridge-Receipts");
  return change === null ? undefined : Number(change);
}

/** The time limit is for the head only: the request goes on under a signal of its own. */
async function requestWithin(settings: Settings, ask: Ask, signal: AbortSignal): Promise<Response> {
  const limit = limited(settings.timer, settings.answerMs, signal);
  try {
    return await orAborted(request(settings, ask, signal), limit.signal);
  } catch (error) {
    signal.throwIfAborted();
    throw limit.isOver ? unreachable(`no answer came within ${settings.answerMs} ms`) : error;
  } finally {
    limit.release();
  }
}

async function* read(body: ReadableStream<Uint8Array>, timer: Timer, signal: AbortSignal) {
  const parser = createEventParser();
  const reader = body.getReader();
  try {
    for (;;) {
      const bytes = await nextBytes(reader, timer, signal);
      if (bytes === undefined) return;
      yield parser.push(bytes);
    }
  } finally {
    // Its connection may be dead: nobody waits for that.
    void reader.cancel().catch(() => {});
  }
}

/** Undefined at the end. */
async function nextBytes(reader: ReadableStreamDefaultReader<Uint8Array>, timer: Timer, signal: AbortSignal) {
  const limit = limited(timer, silenceMs, signal);
  try {
    const { value } = await orAborted(reader.read(), limit.signal);
    return value;
  } catch (cause) {
    signal.throwIfAborted();
    throw unreachable(limit.isOver ? `nothing came for ${silenceMs} ms` : "the stream broke off", { cause });
  } finally {
    limit.release();
  }
}
