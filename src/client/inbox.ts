import { maxHttpWaitSeconds } from "../core/limits.ts";
import type { ChannelName, Seq } from "../core/message.ts";
import type { waitingStates, Why } from "../core/receipt.ts";
import type { Unread } from "../core/receipts.ts";
import { messageFrom, type ReceivedMessage } from "./received.ts";
import { ask } from "./retry.ts";
import type { CallOptions, Settings } from "./settings.ts";
import { fieldsOf, flag, list, number, text } from "./shape.ts";

export interface ReadingInbox {
  /** The seq of the last message that is known. */
  readonly after?: number | undefined;
  /** 1 to 100 messages; 20 unless told. */
  readonly limit?: number | undefined;
  /** How long to wait for the next message, if there is none; not at all unless told. */
  readonly waitSeconds?: number | undefined;
}

export interface InboxMessage extends ReceivedMessage {
  readonly why: Why;
  readonly state: (typeof waitingStates)[number];
  /** A rule says that it is not worth a turn: it ends no wait. */
  readonly isQuiet: boolean;
}

export interface Inbox {
  /** Who the bridge takes the caller for. */
  readonly agent: string;
  /** What the agent has not had in context yet, oldest first. */
  readonly messages: readonly InboxMessage[];
  /** The `after` of the next call. */
  readonly next: Seq;
  /** All that it has not had, on this page or not, and by channel. */
  readonly unread: number;
  readonly channels: readonly Unread[];
  /** What else came in channels that the agent reads, neither by it nor for it, the most first. */
  readonly digest: readonly Unread[];
}

/** Reads the agent's inbox, which marks nothing. While the time to wait is not over there is patience. */
export async function readInbox(settings: Settings, reading: ReadingInbox, options: CallOptions = {}): Promise<Inbox> {
  const { after, limit, waitSeconds = 0 } = reading;
  for (let leftSeconds = waitSeconds; ;) {
    const seconds = Math.min(leftSeconds, maxHttpWaitSeconds);
    const patienceMs = options.patienceMs ?? Math.max(settings.patienceMs, leftSeconds * 1000);
    const body = { after, limit, wait_seconds: seconds };
    const what = { path: "/api/inbox", body, moreMs: seconds * 1000 };
    const page = inboxFrom(await ask(settings, what, { ...options, patienceMs }));
    leftSeconds -= seconds;
    if (page.messages.some(({ isQuiet }) => !isQuiet) || leftSeconds <= 0) return page;
  }
}

function inboxFrom(value: unknown): Inbox {
  const fields = fieldsOf(value);
  return {
    agent: text(fields, "agent"),
    messages: list(fields, "messages").map(inboxMessageFrom),
    next: number(fields, "next") as Seq,
    unread: number(fields, "unread"),
    channels: list(fields, "channels").map((row) => countFrom(row, "unread")),
    // An older bridge has none.
    digest: fields["digest"] === undefined ? [] : list(fields, "digest").map((row) => countFrom(row, "messages")),
  };
}

function inboxMessageFrom(value: unknown): InboxMessage {
  const fields = fieldsOf(value);
  return {
    ...messageFrom(fields),
    why: text(fields, "why") as Why,
    state: text(fields, "state") as InboxMessage["state"],
    isQuiet: flag(fields, "quiet"),
  };
}

function countFrom(value: unknown, count: string): Unread {
  const fields = fieldsOf(value);
  return { channel: text(fields, "channel") as ChannelName, messages: number(fields, count) };
}
