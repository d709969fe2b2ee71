import { BridgeError as Refusal } from "../core/errors.ts";
import { candidate, matcherOf, type Received, type Searched } from "../core/search.ts";
import { parseQuery as parse, type SearchQuery } from "../core/search-query.ts";
import { BridgeError } from "./error.ts";

/** What a search finds, decided here, by the code that the bridge decides it with: so that what comes live is filtered too. */

/**
 * The query as the bridge reads it.
 *
 * @param now what `after:2d` and the like count from, in milliseconds since the Unix epoch.
 * @throws BridgeError `invalid_input` of the field `q`, with what the bridge would say.
 */
export function parseQuery(text: string, now: number): SearchQuery {
  try {
    return parse(text, now);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new BridgeError(error.code, error.message, { field: error.field, cause: error });
  }
}

/**
 * Whether a search for the query finds the message. `to:`, `is:unread`, `is:held` and `is:unanswered` go by the receipts
 * that are known of it.
 */
export const matches = (query: SearchQuery, message: Searched, receipts: readonly Received[] = []): boolean =>
  matcherOf(query)(candidate(message, () => receipts));

export type { QueryPart, SearchQuery } from "../core/search-query.ts";
export { type Snippet, snippetOf } from "../core/snippet.ts";
