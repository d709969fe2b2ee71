import type { BridgeClient, FoundInFull } from "../../client/index.ts";

/** As many as a page holds in memory without trouble; for more there is the command line. */
const mostMessages = 50_000;
/** As many as the bridge gives at once. */
const pageSize = 100;

export interface Collected {
  /** In the order of the log. */
  readonly messages: readonly FoundInFull[];
  /** There are older ones that are not among them. */
  readonly isCut: boolean;
}

/** Every message that a query finds, with how far each got. `tell` hears how many were read by now. */
export async function collect(
  client: Pick<BridgeClient, "search">,
  query: string,
  tell: (count: number) => void,
  signal: AbortSignal,
): Promise<Collected> {
  const newestFirst: FoundInFull[] = [];
  for (let before: number | undefined; ;) {
    const page = await client.search({ query, before, limit: pageSize, full: true, receipts: true }, { signal });
    newestFirst.push(...page.messages);
    tell(newestFirst.length);
    const isCut = newestFirst.length >= mostMessages && page.next !== undefined;
    if (isCut || page.next === undefined) return { messages: newestFirst.toReversed(), isCut };
    before = page.next;
  }
}
