import { head } from "../faces/mcp/text.ts";
import { maxUnread, maxUnreadChars } from "./limits.ts";

/** A message for the agent that is not in its context yet. */
export interface UnreadMessage {
  readonly id: string;
  readonly seq: number;
  readonly channel: string;
  readonly sender: string;
  /** Why it is for the agent: `addressed`, `reply`, `mention`, `follows`. */
  readonly why: string;
  readonly timestamp: string;
  readonly content: string;
  /** There is more of the content, on the bridge only. */
  readonly isCut: boolean;
  /** A rule says that it is not worth a turn: it waits until the agent looks. */
  readonly isQuiet: boolean;
}

/** What the agent has not read, as far as the shim knows, oldest first. */
export interface Unread {
  /** Those of them that are new here, and that the agent has not read already. */
  add(messages: readonly UnreadMessage[]): readonly UnreadMessage[];
  /** The agent has these. Whether one of them was unread. */
  remove(ids: readonly string[]): boolean;
  /** Forgets what is not among these: the agent has read it elsewhere. */
  keepOnly(ids: ReadonlySet<string>): void;
  clear(): void;
  all(): readonly UnreadMessage[];
  has(id: string): boolean;
}

export function createUnread(): Unread {
  const messages = new Map<string, UnreadMessage>();
  /** The result of a wait may be here before the inbox tells of the same message. */
  const read = new Set<string>();
  return {
    add(more) {
      const fresh = more.filter(({ id }) => !messages.has(id) && !read.has(id));
      for (const message of fresh) messages.set(message.id, message);
      // The bridge has them still, and gives them again to the next session.
      for (const id of messages.keys()) {
        if (messages.size <= maxUnread) break;
        messages.delete(id);
      }
      return fresh;
    },
    remove(ids) {
      for (const id of ids) read.add(id);
      for (const id of read) {
        if (read.size <= maxUnread) break;
        read.delete(id);
      }
      // Every one, also after the first that was there.
      return ids.map((id) => messages.delete(id)).includes(true);
    },
    keepOnly(ids) {
      for (const id of messages.keys()) if (!ids.has(id)) messages.delete(id);
    },
    clear() {
      messages.clear();
      read.clear();
    },
    all: () => [...messages.values()],
    has: (id) => messages.has(id),
  };
}

/** Undefined for what no bridge would give. */
export function unreadFrom(value: unknown): UnreadMessage | undefined {
  const { id, seq, channel, sender, why, timestamp, content = "", quiet } = value as Readonly<Record<string, unknown>>;
  const isMessage = [id, channel, sender, timestamp, content].every((part) => typeof part === "string");
  if (!isMessage || typeof seq !== "number") return undefined;
  const text = String(content);
  return {
    id: String(id),
    seq,
    channel: String(channel),
    sender: String(sender),
    why: typeof why === "string" ? why : "addressed",
    timestamp: String(timestamp),
    content: head(text, maxUnreadChars),
    isCut: text.length > maxUnreadChars,
    isQuiet: quiet === true,
  };
}
