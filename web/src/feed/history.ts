import { useMemo } from "react";
import { createRecentMap } from "../../../src/core/recent-map.ts";
import { channelHistory } from "../../../src/view/live/channel-history.ts";
import { searchHistory } from "../../../src/view/live/search-history.ts";
import type { History } from "../../../src/view/live/history.ts";
import { client } from "../bridge/bridge.tsx";

/** The messages of a query; the same object while the query is the same. */
export const useHistory = (query: string): History =>
  useMemo(() => known(`all ${query}`, () => searchHistory(client, query)), [query]);

/** The messages of a channel that a query finds. */
export const useChannelHistory = (channel: string, query = ""): History =>
  useMemo(
    () => known(JSON.stringify([channel, query]), () => channelHistory(client, channel, query)),
    [channel, query],
  );

/** As many as one goes to and fro between; the last rows of each are known at once when one comes back. */
const histories = createRecentMap<History>(20);

function known(name: string, make: () => History): History {
  const history = histories.get(name) ?? readable(make);
  histories.set(name, history);
  return history;
}

/** An address may hold any text: of a query that cannot be read, the list says so when it is asked for messages. */
function readable(make: () => History): History {
  try {
    return make();
  } catch (error) {
    const refuse = () => Promise.reject(error);
    return { before: refuse, upTo: refuse, after: refuse, includes: () => false, covers: () => false };
  }
}

/** The query of a channel and of whatever else is asked of it. */
export const inChannel = (channel: string, rest = ""): string => `in:${quoted(channel)} ${rest}`.trim();

/** The query of a thread. */
export const inThread = (thread: string): string => `thread:${quoted(thread)}`;

const quoted = (value: string) => (/^[\w:./@-]+$/.test(value) ? value : `"${value.replaceAll('"', "*")}"`);
