import type { UnreadMessage } from "../unread.ts";

export const wayNames = ["open-wait", "monitor", "inbox-socket", "hook", "tool-line"] as const;
export type WayName = (typeof wayNames)[number];

/** A way to make the agent look into its inbox. */
export interface Way {
  readonly name: WayName;
  /** A nudge uses it up, for this session. */
  readonly worksOnce?: boolean;
  /** Whether it can be used now, for these messages. */
  isAvailable(messages: readonly UnreadMessage[]): boolean;
  /** Hands on the nudge. That it did is no proof that the agent was woken. */
  nudge(text: string): Promise<void>;
}
