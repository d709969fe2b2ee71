import type { ChannelName, MessageId } from "./message.ts";

/** Under this name the bridge itself speaks; nobody else is called so. */
export const bridgeName = "bridge";

/** What the bridge itself has to say to somebody, of a message. */
export interface Notice {
  readonly about: { readonly messageId: MessageId; readonly channel: ChannelName };
  /** Whose mailbox it is for. */
  readonly to: string;
  readonly type: "notice" | "reminder";
  readonly text: string;
  /** What is said twice with one key, by whatever process, is said once. */
  readonly key: string;
}
