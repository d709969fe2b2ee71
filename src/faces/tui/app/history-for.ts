import { type BridgeClient, type FoundInFull, type FoundPage, matches, parseQuery } from "../../../client/index.ts";
import { systemClock } from "../../../core/clock.ts";
import type { History, HistoryPage } from "../../../view/live/history.ts";
import type { Place } from "./ui.ts";

type HistoryClient = Pick<BridgeClient, "search" | "find" | "receipts">;

/** As many as a search gives at once. */
const pageSize = 100;
const whole = { limit: pageSize, full: true, receipts: true } as const;
/** A search may say that it has to look further, and have found nothing yet: then it is asked again, so often. */
const mostLooks = 20;

/**
 * The messages of a place, by searching for them: the filter's words, in the channel.
 *
 * @throws BridgeError `invalid_input` for words that are no query.
 */
export function historyFor(client: HistoryClient, { channel, query: words }: Place): History {
  const parsed = parseQuery(words, systemClock.now());
  const wanted = [...(channel === undefined ? [] : [`in:${quoted(channel)}`]), words].join(" ").trim();
  const covers = (name: string) => channel === undefined || name === channel;

  async function before(place: string | undefined, signal: AbortSignal): Promise<HistoryPage> {
    const query = wanted === "" ? undefined : wanted;
    let from: string | number | undefined = place;
    for (let look = 1; ; look += 1) {
      const page: FoundPage<FoundInFull> = await client.search({ query, before: from, ...whole }, { signal });
      const { messages, next } = page;
      if (messages.length > 0 || next === undefined || look === mostLooks) {
        const receipts = messages.flatMap((message) => message.receipts ?? []);
        return {
          messages: messages.toReversed().filter(({ channel: name }) => covers(name)),
          receipts,
          next: next?.toString(),
        };
      }
      from = next;
    }
  }

  return {
    before,
    async upTo(id, signal) {
      const [message, receipts, page] = await Promise.all([
        client.find(id, { signal }),
        client.receipts([id], { signal }),
        before(id, signal),
      ]);
      return { ...page, messages: [...page.messages, message], receipts: [...page.receipts, ...receipts] };
    },
    // A feed that ends at a message is opened nowhere here.
    after: () => Promise.resolve({ messages: [], receipts: [], next: undefined }),
    includes: (message, receipts) => covers(message.channel) && matches(parsed, message, receipts),
    covers,
  };
}

/** A name with a quote in it cannot be said exactly: what is found is looked through once more. */
const quoted = (value: string) => (/^[\w:./@-]+$/.test(value) ? value : `"${value.replaceAll(/["*]/g, "*")}"`);
