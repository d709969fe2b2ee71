import type { ChannelName, MessageId } from "./message.ts";
import { createRecentMap } from "./recent-map.ts";

/** A text, and all that makes it the same as one before: who says it where to whom, in answer to what. */
export interface Said {
  readonly channel: ChannelName;
  readonly sender: string;
  readonly addressees: readonly string[];
  /** The id of the message that it answers. */
  readonly repliesTo?: string | undefined;
  /** A digest that no two texts share. */
  readonly contentHash: string;
  readonly contentLength: number;
  /** A message with the key of an earlier one is that one, and the store says so. */
  readonly idempotencyKey?: string | undefined;
}

export interface Earlier {
  readonly id: MessageId;
  readonly at: number;
}

/**
 * What agents have said lately. An agent that does not know whether its message was stored sends it once more, with a new
 * key, and then only the text shows that it is the same. Short texts are never the same: "yes" is an answer to many
 * questions. What is said to others, or in answer to another message, is not the same either.
 */
export interface Repeats {
  find(said: Said, now: number): Earlier | undefined;
  note(said: Said, earlier: Earlier): void;
  /** They may say everything once more. */
  forget(senders: ReadonlySet<string>): void;
  readonly size: number;
}

export interface RepeatsOptions {
  readonly repeatMs: number;
  readonly minLength: number;
  readonly most: number;
}

export function createRepeats({ repeatMs, minLength, most }: RepeatsOptions): Repeats {
  const texts = createRecentMap<Earlier & Pick<Said, "sender" | "idempotencyKey">>(most);
  return {
    find(said, now) {
      if (said.contentLength < minLength) return undefined;
      const found = texts.get(keyOf(said));
      if (found === undefined || now - found.at >= repeatMs) return undefined;
      const isSameMessage = said.idempotencyKey !== undefined && said.idempotencyKey === found.idempotencyKey;
      return isSameMessage ? undefined : { id: found.id, at: found.at };
    },
    note(said, { id, at }) {
      if (said.contentLength < minLength) return;
      texts.set(keyOf(said), { id, at, sender: said.sender, idempotencyKey: said.idempotencyKey });
    },
    forget(senders) {
      for (const [key, { sender }] of texts.entries()) if (senders.has(sender)) texts.delete(key);
    },
    get size() {
      return texts.size;
    },
  };
}

const keyOf = ({ channel, sender, addressees, repliesTo = "", contentHash }: Said): string =>
  JSON.stringify([channel, sender, repliesTo, contentHash, ...addressees.toSorted()]);
