import { createMailBells, type MailBells } from "./mail-bells.ts";
import type { Seq } from "./message.ts";
import { everything, type Scope } from "./scope.ts";
import type { Store } from "./store.ts";

/** A store whose callers share what they ask it. */
export interface SharedStore extends Store {
  readonly mailBells: MailBells;
}

/**
 * The store, with one read for all who ask the same in one turn of the event loop: a thousand waits that one message
 * wakes read it once. Nothing is remembered over a turn or over a commit, so nobody reads less than without.
 */
export function shareReads(store: Store): SharedStore {
  const answers = new Map<string, Promise<unknown>>();
  const forget = () => answers.clear();
  // A commit wakes before whoever it wakes can read.
  const unwatch = [store.watch(everything, forget), store.receipts.watch(forget)];

  function once<Answer>(ask: () => Promise<Answer>, ...question: readonly unknown[]): Promise<Answer> {
    const key = JSON.stringify(question);
    const known = answers.get(key);
    // The key begins with the method, and each has one type of answer.
    if (known !== undefined) return known as Promise<Answer>;
    if (answers.size === 0) setImmediate(forget);
    const answer = ask();
    answers.set(key, answer);
    return answer;
  }

  const receipts = {
    ...store.receipts,
    changes: (after: number, limit: number) =>
      once(() => store.receipts.changes(after, limit), "changes", after, limit),
  };
  return {
    ...store,
    read: (scope, after, limit) => once(() => store.read(scope, after, limit), "read", ...wordsOf(scope, after), limit),
    remaining: (scope, after) => once(() => store.remaining(scope, after), "remaining", ...wordsOf(scope, after)),
    receipts,
    mailBells: createMailBells(receipts),
    async prune(before, limit) {
      const pruned = await store.prune(before, limit);
      // The one commit that wakes nobody: what is gone is no news, but it must not be read again.
      forget();
      return pruned;
    },
    async close() {
      for (const stop of unwatch) stop();
      await store.close();
    },
  };
}

/** All of the scope: who may read less must not be given the answer of one who may read more. */
const wordsOf = (scope: Scope, after: Seq) => [after, scope.names, scope.patterns, scope.within ?? []];
