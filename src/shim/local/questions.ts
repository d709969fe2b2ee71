import { maxToldChars, maxToldMessages } from "../limits.ts";
import type { Digest } from "../digest.ts";
import type { UnreadMessage } from "../unread.ts";

/** What a program of the session may ask its shim, and what it is answered. */

export type Question =
  | { readonly ask: "who" }
  | { readonly ask: "unread" }
  /** The agent has been shown all the text of these. */
  | { readonly ask: "told"; readonly ids: readonly string[]; readonly way: string }
  | { readonly ask: "doing"; readonly doing: "working" | "idle" };

/** Asks for the nudges, as long as it stays. */
export interface WatchQuestion {
  readonly ask: "watch";
  readonly way: "monitor" | "hook";
}

/** Probes each way of waking, and is answered by one line for each as it is known, and one that says `end`. */
export interface ProveQuestion {
  readonly ask: "prove";
}

export interface Who {
  readonly agent: string;
  readonly bridge: string;
  readonly isConnected: boolean;
}

export interface UnreadAnswer {
  readonly agent: string;
  /** How many there are; `messages` may be fewer. */
  readonly unread: number;
  readonly channels: readonly { readonly channel: string; readonly unread: number }[];
  /** Oldest first. Where `cut` is true, there is more of the content on the bridge. */
  readonly messages: readonly (Pick<UnreadMessage, "id" | "channel" | "sender" | "why" | "timestamp" | "content"> & {
    readonly cut?: true;
    /** A rule says that it is not worth a turn. */
    readonly quiet?: true;
  })[];
  /** What else came in channels that the agent reads; an older shim does not say. */
  readonly digest?: Digest | undefined;
}

export interface Answers {
  readonly who: Who;
  readonly unread: UnreadAnswer;
  readonly told: object;
  readonly doing: object;
}

/** Undefined for what is no question. */
export function questionFrom(
  fields: Readonly<Record<string, unknown>>,
): Question | WatchQuestion | ProveQuestion | undefined {
  const { v, ask, ids, way, doing } = fields;
  if (v !== 1) return undefined;
  if (ask === "who" || ask === "unread" || ask === "prove") return { ask };
  if (ask === "told" && Array.isArray(ids)) {
    return { ask, ids: ids.filter((id) => typeof id === "string"), way: typeof way === "string" ? way : "hook" };
  }
  if (ask === "doing" && (doing === "working" || doing === "idle")) return { ask, doing };
  if (ask === "watch" && (way === "monitor" || way === "hook")) return { ask, way };
  return undefined;
}

export function unreadAnswer(agent: string, messages: readonly UnreadMessage[], digest: Digest): UnreadAnswer {
  const counts = new Map<string, number>();
  for (const { channel } of messages) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  const channels = Array.from(counts, ([channel, unread]) => ({ channel, unread }));
  return { agent, unread: messages.length, channels, messages: shown(messages), digest };
}

function shown(messages: readonly UnreadMessage[]): UnreadAnswer["messages"] {
  let chars = 0;
  const end = messages.findIndex(({ content }, index) => (chars += content.length) > maxToldChars && index > 0);
  const first = messages.slice(0, end < 0 ? undefined : end).slice(0, maxToldMessages);
  return first.map(({ id, channel, sender, why, timestamp, content, isCut, isQuiet }) => ({
    id,
    channel,
    sender,
    why,
    timestamp,
    content,
    ...(isCut ? { cut: true } : {}),
    ...(isQuiet ? { quiet: true } : {}),
  }));
}
