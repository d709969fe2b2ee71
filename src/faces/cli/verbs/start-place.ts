import type { BridgeClient, ReceivedMessage } from "../../../client/index.ts";
import { findMessage } from "./find-message.ts";
import { channelsIn } from "./scope.ts";

/** Where to begin so that a subscription brings what is wanted of the past; `isWanted` leaves out what is older. */
export interface StartPlace {
  readonly after: string;
  readonly isWanted: (message: Pick<ReceivedMessage, "acceptedAt" | "seq">) => boolean;
}

/** Channels and messages that are looked at for it; whoever wants more reads from the beginning. */
const mostChannels = 100;
const mostMessages = 500;
/** The largest number that `--last` takes. */
export const mostLast = mostMessages - 1;

export const fromNow: StartPlace = { after: "now", isWanted: () => true };

/** Behind this entry; its id may be shortened if it is a message's. */
export async function startAfter(client: BridgeClient, given: string): Promise<StartPlace> {
  const isWhole = given === "now" || given === "beginning" || given.length >= wholeIdLength;
  return { after: isWhole ? given : (await findMessage(client, given)).id, isWanted: () => true };
}

/** Of a UUID. A whole id need not be looked up, and the entry behind which to begin may have been deleted. */
const wholeIdLength = 36;

const fromBeginning = (isWanted: StartPlace["isWanted"]): StartPlace => ({ after: "beginning", isWanted });

/** After the newest message that is older: there may be others in between, which are not wanted. */
export async function startAt(client: BridgeClient, words: readonly string[], since: number): Promise<StartPlace> {
  const isWanted: StartPlace["isWanted"] = ({ acceptedAt }) => acceptedAt >= since;
  const channels = await channelsIn(client, words);
  if (channels.length > mostChannels) return fromBeginning(isWanted);
  const older: ReceivedMessage[] = [];
  for (const { channel, lastAcceptedAt } of channels) {
    const limit = lastAcceptedAt < since ? 1 : mostMessages;
    const { messages } = await client.messages({ channel, limit });
    older.push(...messages.filter((message) => !isWanted(message)));
  }
  const before = newestFirst(older)[0];
  return before === undefined ? fromBeginning(isWanted) : { after: before.id, isWanted };
}

/** After the message before the last so many. */
export async function startWithLast(
  client: BridgeClient,
  words: readonly string[],
  count: number,
): Promise<StartPlace> {
  // A channel that is not among those used last has none of them.
  const channels = (await channelsIn(client, words)).slice(0, count + 1);
  const found: ReceivedMessage[] = [];
  for (const { channel } of channels) {
    const { messages } = await client.messages({ channel, limit: count + 1 });
    found.push(...messages);
  }
  const before = newestFirst(found)[count];
  return before === undefined
    ? fromBeginning(() => true)
    : { after: before.id, isWanted: ({ seq }) => seq > before.seq };
}

const newestFirst = (messages: readonly ReceivedMessage[]) => messages.toSorted((a, b) => b.seq - a.seq);
