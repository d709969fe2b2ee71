import type { BridgeClient } from "../../client/index.ts";
import type { History, HistoryPage } from "./history.ts";
import { searchHistory } from "./search-history.ts";

/**
 * The messages of one channel, and of those only what `rest` of a query finds.
 *
 * @throws BridgeError `invalid_input` for a query that cannot be read.
 */
export function channelHistory(client: BridgeClient, channel: string, rest = ""): History {
  const history = searchHistory(client, `in:"${spelt(channel)}" ${rest}`.trim());
  if (spelt(channel) === channel && !channel.includes("*")) return history;
  const narrow = async (page: Promise<HistoryPage>): Promise<HistoryPage> => {
    const found = await page;
    return { ...found, messages: found.messages.filter((message) => message.channel === channel) };
  };
  return {
    before: (place, signal) => narrow(history.before(place, signal)),
    upTo: (id, signal) => narrow(history.upTo(id, signal)),
    after: (place, signal) => narrow(history.after(place, signal)),
    includes: (message, receipts) => message.channel === channel && history.includes(message, receipts),
    covers: (name) => name === channel,
  };
}

/** A query has no way to spell a quote within quotes, and reads a star as any run of characters. */
const spelt = (channel: string) => channel.replaceAll('"', "*");
