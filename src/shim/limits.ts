/** The bounds of what a shim keeps, by name. */

/** Messages that wait on this disk for one bridge, and their bytes: beyond, a send is refused. */
export const maxQueued = 1000;
export const maxQueuedBytes = 33_554_432;
/** Messages for the agent that are kept in memory; the bridge has the others. */
export const maxUnread = 1000;
/** Of the text of each; a longer one is told of, and read by a tool. */
export const maxUnreadChars = 8000;
/** What a local program is told of them at once. */
export const maxToldMessages = 20;
export const maxToldChars = 8000;
/** Messages in one request for marks, and marks that wait for their bridge. */
export const maxMarksAtOnce = 100;
export const maxMarks = 5000;
/** Names that a project's folder remembers. */
export const maxSlots = 16;
/** One line of a local program. */
export const maxLineLength = 65_536;

/** How long a tool call looks for a bridge that is away, before it says so. */
export const patienceMs = 3000;
/** How long one request may take to be answered. */
export const answerMs = 15_000;
/** How long one look into the inbox stays open. */
export const inboxWaitSeconds = 50;
/** How often a bridge is asked for what it does not have: it may be a newer one by then. */
export const olderBridgeMs = 300_000;
/** How often the agent is announced. */
export const announceMs = 60_000;
/** What comes within this time after the first message is told of with it: senders that write several at once. */
export const togetherMs = 50;
/** The same while the agent has been told of mail and has not looked: it is about to, and need not hear of each. */
export const gatherMs = 2_000;
/** How long a way of waking that was never proved has, before the next is tried. */
export const proveWithinMs = 20_000;
/** How long a probe of a way waits for the agent's next call, and then for the turn's end before the next probe. */
export const probeWithinMs = 30_000;
export const probeRestMs = 10_000;
/** What a bridge that is there, and did not take what waits here, is left alone before it is tried again. */
export const outboxRetryMs = 30_000;
/** Nobody waits longer for a shim that ends. */
export const goodbyeMs = 1000;
/** What a bridge takes of a text, and of a name, in an announcement. */
export const maxWords = 300;
export const maxName = 128;
