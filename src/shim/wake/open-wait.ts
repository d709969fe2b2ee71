import type { OpenWaits } from "../open-waits.ts";
import type { Way } from "./way.ts";

/** The agent waits where the messages come: the result of its wait is all that it needs. */
export const openWait = (waits: Pick<OpenWaits, "cover" | "scopes">): Way => ({
  name: "open-wait",
  isAvailable: (messages) => waits.scopes().length > 0 && messages.every(({ channel }) => waits.cover(channel)),
  nudge: () => Promise.resolve(),
});
