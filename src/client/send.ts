import type { Envelope } from "../core/envelope.ts";
import { type Sent, sentFrom } from "./sent.ts";
import { ask } from "./retry.ts";
import type { CallOptions, Settings } from "./settings.ts";

/** What is to be stored: `content`, alone or with words that make an envelope of it, or a whole `envelope`. */
export interface Outgoing {
  /** Without one it is direct, to the agent that `to` names. */
  readonly channel?: string | undefined;
  /** Unless the client has one. */
  readonly sender?: string | undefined;
  readonly content?: string | undefined;
  /** An agent, a machine, or `you` for any person. */
  readonly to?: string | undefined;
  readonly type?: string | undefined;
  readonly threadId?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly envelope?: Envelope | undefined;
  /** After so many seconds it expires, unless its recipient has had it in context by then. */
  readonly ttlSeconds?: number | undefined;
  /** The same key again stores nothing. One is made up unless it is given. */
  readonly idempotencyKey?: string | undefined;
}

/**
 * Stores a message, once however often it must be tried.
 *
 * @throws BridgeError with the bridge's code; the last failure when the patience is over. Then it is not known whether
 * the message was stored: send it again with the same key.
 */
export async function send(settings: Settings, outgoing: Outgoing, options?: CallOptions): Promise<Sent> {
  const { channel, sender = settings.sender, content, to, type, threadId, replyTo, envelope } = outgoing;
  const { ttlSeconds, idempotencyKey = mintKey() } = outgoing;
  const body = {
    channel,
    sender,
    content,
    to,
    type,
    thread_id: threadId,
    reply_to: replyTo,
    message: envelope,
    ttl_seconds: ttlSeconds,
    idempotency_key: idempotencyKey,
  };
  return sentFrom(await ask(settings, { path: "/api/send", body }, options));
}

/** Not `crypto.randomUUID`, which pages have only over https. */
export function mintKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
