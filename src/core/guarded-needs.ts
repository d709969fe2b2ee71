import { anyPerson } from "./agent-name.ts";
import { beginning, type Seq } from "./message.ts";
import type { Self } from "./mailboxes.ts";
import { may, type Principal } from "./principal.ts";
import type { Waiting } from "./receipts.ts";
import type { Store } from "./store.ts";

/** What somebody should look at, of what the caller may read: at most `limit`, and only what is wanted. */
export interface GuardedNeeds {
  /** Addressed to any person or to the caller and not answered, the newest first. */
  open(limit: number, isWanted: Wanted): Promise<readonly Waiting[]>;
  /** Sent at or before `sentBy`, and nobody has it; the oldest first. */
  unnoticed(sentBy: number, limit: number, isWanted: Wanted): Promise<readonly Waiting[]>;
  /** Held, expired or refused, the last change first. */
  failed(limit: number, isWanted: Wanted): Promise<readonly Waiting[]>;
}

type Wanted = (found: Waiting) => boolean;

/** What is looked through for one answer, in pages: of more than that, what lies behind is not found. */
const pageSize = 200;
const maxPages = 10;

export function guardNeeds(
  { receipts }: Pick<Store, "receipts">,
  { principal, self }: { readonly principal: Principal; readonly self?: Self | undefined },
): GuardedNeeds {
  const readable = (isWanted: Wanted) => (found: Waiting) =>
    may(principal, "read", found.message.channel) && isWanted(found);
  const own = [...new Set([anyPerson, ...(self?.mailboxes ?? [])])];

  return {
    open: (limit, isWanted) =>
      takeWanted(limit, readable(isWanted), Number.MAX_SAFE_INTEGER as Seq, (before) =>
        receipts.open(own, before, pageSize),
      ),
    unnoticed: (sentBy, limit, isWanted) =>
      takeWanted(limit, readable(isWanted), beginning, (after) => receipts.unnoticed(sentBy, after, pageSize)),
    async failed(limit, isWanted) {
      const newest = await receipts.failed(pageSize);
      return newest.filter(readable(isWanted)).slice(0, limit);
    },
  };
}

async function takeWanted(
  limit: number,
  isWanted: Wanted,
  from: Seq,
  page: (from: Seq) => Promise<readonly Waiting[]>,
): Promise<readonly Waiting[]> {
  const found: Waiting[] = [];
  for (let [next, pages] = [from, 0]; pages < maxPages && found.length < limit; pages += 1) {
    const rows = await page(next);
    found.push(...rows.filter(isWanted));
    next = rows.at(-1)?.message.seq ?? next;
    if (rows.length < pageSize) break;
  }
  return found.slice(0, limit);
}
