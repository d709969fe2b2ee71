import type { BridgeClient } from "../../../client/index.ts";
import type { History, HistoryPage } from "../../../view/live/history.ts";
import { searchHistory } from "../../../view/live/search-history.ts";
import type { Place } from "./ui.ts";

/**
 * The messages of a place.
 *
 * @throws BridgeError `invalid_input` for a filter that is no query.
 */
export function historyFor(client: BridgeClient, { channel, query }: Place): History {
  if (channel === undefined) return searchHistory(client, query);
  const found = searchHistory(client, `in:${quoted(channel)} ${query}`.trim());
  const covers = (name: string) => name === channel;
  const own = (page: HistoryPage): HistoryPage => ({
    ...page,
    messages: page.messages.filter((one) => covers(one.channel)),
  });
  return {
    before: async (place, signal) => own(await found.before(place, signal)),
    upTo: async (id, signal) => own(await found.upTo(id, signal)),
    after: async (place, signal) => own(await found.after(place, signal)),
    includes: (message, receipts) => covers(message.channel) && found.includes(message, receipts),
    covers,
  };
}

/** A name with a quote or a star in it cannot be said exactly: others that fit are left out afterwards. */
const quoted = (name: string) => (/^[\w:./@-]+$/.test(name) ? name : `"${name.replaceAll('"', "*")}"`);
