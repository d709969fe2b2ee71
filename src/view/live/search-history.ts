import { type BridgeClient, type FoundInFull, matches, parseQuery } from "../../client/index.ts";
import { type Clock, systemClock } from "../../core/clock.ts";
import { inAnyPattern } from "../../core/scope.ts";
import { scopeOfQuery } from "../../core/search.ts";
import type { History, HistoryPage } from "./history.ts";

/** As many as the bridge gives at once. */
const pageSize = 100;
/** A search may take several looks to find the first; so many at most before one is asked to go on. */
const mostLooks = 10;

type Searching = Pick<BridgeClient, "search" | "find" | "wait" | "receipts">;

/**
 * The messages that a query finds, as a list: what was there by the bridge's search, what comes by the same rules here.
 *
 * @throws BridgeError `invalid_input` for a query that cannot be read.
 */
export function searchHistory(client: Searching, text: string, clock: Clock = systemClock): History {
  const query = parseQuery(text, clock.now());
  const { names, patterns } = scopeOfQuery(query);
  const wanted = [...names, ...patterns];

  async function before(place: string | number | undefined, signal: AbortSignal): Promise<HistoryPage> {
    let from = place;
    for (let look = 1; ; look += 1) {
      const asked = { query: text, before: from, limit: pageSize, full: true, receipts: true } as const;
      const { messages, next } = await client.search(asked, { signal });
      if (messages.length > 0 || next === undefined || look === mostLooks) return pageOf(messages, next);
      from = next;
    }
  }

  return {
    before,
    async upTo(id, signal) {
      const [page, here, receipts] = await Promise.all([
        before(id, signal),
        client.find(id, { signal }),
        client.receipts([id], { signal }),
      ]);
      return { ...page, messages: [...page.messages, here], receipts: [...page.receipts, ...receipts] };
    },
    async after(place, signal) {
      const asked = { channels: wanted, sinceId: String(place), limit: pageSize, timeoutSeconds: 0 };
      const page = await client.wait(asked, { signal });
      const receipts = await client.receipts(
        page.messages.map(({ id }) => id),
        { signal },
      );
      const own = page.messages.filter((message) =>
        matches(
          query,
          message,
          receipts.filter(({ messageId }) => messageId === message.id),
        ),
      );
      return { messages: own, receipts, next: page.hasMore ? page.nextCursor : undefined };
    },
    includes: (message, receipts) => matches(query, message, receipts),
    covers: (channel) => inAnyPattern(wanted, channel),
  };
}

function pageOf(found: readonly FoundInFull[], next: number | undefined): HistoryPage {
  const messages = found.toReversed();
  return { messages, receipts: found.flatMap(({ receipts = [] }) => receipts), next };
}
