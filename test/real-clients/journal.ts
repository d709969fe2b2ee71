/** What has been seen so far, in order, and a way to wait for what has not: the tests of this folder never sleep. */
export interface Journal<T> {
  readonly all: readonly T[];
  add(item: T): void;
  /** Calls `listener` for each item, those of the past first. */
  each(listener: (item: T) => void): void;
  /** Nothing more will come: whoever still waits fails with `reason`. */
  end(reason: string): void;
  /** The first item that matches, seen already or still to come. `what` names it when it does not come. */
  first(what: string, matches: (item: T) => boolean, withinMs?: number): Promise<T>;
}

/** Real clients on a busy machine take their time; a test that fails for good may be slow. */
const patienceMs = 45_000;

export function createJournal<T>(): Journal<T> {
  const all: T[] = [];
  const waiters = new Set<{ added(item: T): void; ended(reason: string): void }>();
  const listeners: ((item: T) => void)[] = [];
  let end: string | undefined;

  return {
    all,
    add(item) {
      all.push(item);
      for (const listener of listeners) listener(item);
      for (const waiter of waiters) waiter.added(item);
    },
    each(listener) {
      listeners.push(listener);
      for (const item of all) listener(item);
    },
    end(reason) {
      end ??= reason;
      for (const waiter of waiters) waiter.ended(reason);
    },
    first(what, matches, withinMs = patienceMs) {
      const seen = all.find(matches);
      if (seen !== undefined) return Promise.resolve(seen);
      return new Promise((resolve, reject) => {
        const fail = (reason: string) => {
          leave();
          reject(new Error(`no ${what}: ${reason}. Seen: ${brief(all)}`));
        };
        const waiter = {
          added(item: T) {
            if (!matches(item)) return;
            leave();
            resolve(item);
          },
          ended: fail,
        };
        const timer = setTimeout(() => fail(`none within ${withinMs} ms`), withinMs);
        const leave = () => {
          clearTimeout(timer);
          waiters.delete(waiter);
        };
        waiters.add(waiter);
        if (end !== undefined) fail(end);
      });
    },
  };
}

const maxShown = 4000;

function brief(items: readonly unknown[]): string {
  const text = items.map((item) => (typeof item === "string" ? item : JSON.stringify(item))).join("\n");
  return text.length > maxShown ? `… ${text.slice(-maxShown)}` : text;
}
