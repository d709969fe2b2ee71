import { createListeners } from "../core/listeners.ts";
import type { Clock } from "../core/clock.ts";
import type { Records } from "./records.ts";

/** Tells when the next credential, secret or session is over. One timer for all of them. */
export interface Expiry {
  /** Calls `wake` when one has expired. Returns the unsubscribe. */
  watch(wake: () => void): () => void;
  close(): void;
}

/** Node takes no longer timer; it is set again then. */
const longestMs = 2_147_483_647;

export function createExpiry(records: Records, clock: Clock): Expiry {
  const listeners = createListeners();
  let timer: NodeJS.Timeout | undefined;
  let next = Infinity;

  function set(): void {
    clearTimeout(timer);
    next = nextEnd(records, clock.now());
    if (next === Infinity) return;
    timer = setTimeout(onTime, Math.min(Math.max(1, next - clock.now()), longestMs)).unref();
  }

  function onTime(): void {
    // A timer may be early, by a moment or because it could not be set for longer.
    const isOver = next <= clock.now();
    set();
    if (isOver) listeners.wakeAll();
  }

  const unwatch = records.watch(set);
  set();
  return {
    watch: listeners.add,
    close() {
      unwatch();
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

/** When something is over next; `Infinity` when nothing ever is. */
function nextEnd(records: Records, now: number): number {
  const ends = records
    .all("credential")
    .filter(({ revokedAt }) => revokedAt === undefined)
    .flatMap(({ expiresAt, secrets }) => [expiresAt, ...secrets.map(({ until }) => until)]);
  const sessions = records.all("session").map(({ expiresAt }) => expiresAt);
  return [...ends, ...sessions].reduce<number>(
    (first, at) => (at !== undefined && at > now ? Math.min(first, at) : first),
    Infinity,
  );
}
