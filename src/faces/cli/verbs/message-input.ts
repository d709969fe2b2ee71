import type { Outgoing } from "../../../client/index.ts";
import { CommandError } from "../command-error.ts";
import { readDuration } from "../times.ts";
import { readText } from "./read-text.ts";

/** What every command that sends is told of the message. */
export interface MessageOptions {
  readonly file?: string;
  readonly type?: string;
  /** The text is JSON, and to be kept as such. */
  readonly contentJson?: boolean;
  readonly ttl?: string;
  readonly key?: string;
}

/** Whom it is for, and what it belongs to. */
export type Address = Pick<Outgoing, "channel" | "to" | "threadId" | "replyTo">;

/**
 * What is to be sent, once it is known where.
 *
 * @throws CommandError when the text is not what it is said to be. No bridge has been asked by then.
 */
export async function readMessage(
  text: string | undefined,
  { file, type, contentJson = false, ttl, key }: MessageOptions,
): Promise<(address: Address) => Outgoing> {
  const common = { ttlSeconds: ttl === undefined ? undefined : readDuration("--ttl", ttl), idempotencyKey: key };
  const content = await readText({ text, file });
  if (content === "") throw new CommandError("usage", "the text is empty");
  if (!contentJson) return (address) => ({ ...address, ...common, type, content });
  const value = parse(content);
  return ({ channel, to, threadId, replyTo }) => {
    // JSON by itself is known as such; in an envelope the short form would make a text of it.
    if ([to, threadId, replyTo, type].every((part) => part === undefined)) return { channel, ...common, content };
    const said = { type: type ?? "message", recipient: to, thread_id: threadId, reply_to: replyTo };
    return { channel, ...common, envelope: { schema_version: 1, content: value, ...said } };
  };
}

function parse(text: string): {} | null {
  try {
    return JSON.parse(text) as {} | null;
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    throw new CommandError("invalid_input", `--content-json: the text is not JSON: ${why}`, { cause: error });
  }
}
