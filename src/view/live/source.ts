import type { BridgeClient, StreamEntry, SubscriptionState } from "../../client/index.ts";
import { systemTimer, type Timer } from "../../client/timer.ts";
import { type Clock, systemClock } from "../../core/clock.ts";
import { createListeners } from "../../core/listeners.ts";

/** How the stream is. */
export type Connection =
  | { readonly kind: "connecting" }
  /** Since when, in milliseconds since the Unix epoch; whether it was lost before. */
  | { readonly kind: "live"; readonly since: number; readonly isAgain: boolean }
  | { readonly kind: "retrying"; readonly since: number; readonly retryAt: number; readonly reason: string }
  /** No further try would mend it: signed out, or no right to read. */
  | { readonly kind: "ended"; readonly code: string; readonly reason: string };

/** What came within a moment, in order. It can be posted between threads. */
export interface Batch {
  readonly connection: Connection;
  readonly entries: readonly StreamEntry[];
}

/** Everything that happens on a bridge from now on. */
export interface Source {
  /** Until what it returns is called. The first batch comes at once, and says how the connection is. */
  open(take: (batch: Batch) => void): () => void;
  /** Where the next try is waited for, makes it now. */
  retryNow(): void;
}

/** Screens are drawn anew at most this often: more, nobody can read. */
const everyMs = 100;
/** Not more wait for their moment: in a flood they are given sooner. */
const mostWaiting = 2_000;

export interface SourceOptions {
  readonly timer?: Timer;
  readonly clock?: Clock;
}

/** One stream of everything that the client may read, with receipts and presence, given in batches. */
export function clientSource(
  client: Pick<BridgeClient, "subscribe">,
  { timer = systemTimer, clock = systemClock }: SourceOptions = {},
): Source {
  const hurried = createListeners();
  return {
    retryNow: () => hurried.wakeAll(),
    open(take) {
      const stop = new AbortController();
      let connection: Connection = { kind: "connecting" };
      let isAgain = false;
      let waiting: StreamEntry[] = [];
      let cancelFlush: (() => void) | undefined;

      function flush(): void {
        cancelFlush?.();
        cancelFlush = undefined;
        const entries = waiting;
        waiting = [];
        if (!stop.signal.aborted) take({ connection, entries });
      }

      function onState(state: SubscriptionState): void {
        connection = connectionAfter(state, clock.now(), isAgain, connection);
        isAgain ||= state.kind === "retrying";
        flush();
      }

      async function run(): Promise<void> {
        const beside = { receipts: true, agents: true } as const;
        const wanted = { patterns: ["*"], ...beside, signal: stop.signal, onState, hurry: hurried.add } as const;
        for await (const entry of client.subscribe(wanted)) {
          waiting.push(entry);
          if (waiting.length >= mostWaiting) flush();
          else cancelFlush ??= timer(everyMs, flush);
        }
      }

      flush();
      // Why it ended has been told by `onState`.
      run().catch(() => {});
      return () => {
        stop.abort();
        cancelFlush?.();
      };
    },
  };
}

function connectionAfter(state: SubscriptionState, now: number, isAgain: boolean, before: Connection): Connection {
  switch (state.kind) {
    case "connecting":
      // While it tries again it is still lost.
      return before.kind === "retrying" ? before : { kind: "connecting" };
    case "live":
      return { kind: "live", since: now, isAgain };
    case "retrying": {
      const since = before.kind === "retrying" ? before.since : now;
      return { kind: "retrying", since, retryAt: now + state.afterMs, reason: state.error.message };
    }
    case "ended":
      return { kind: "ended", ...endOf(state.error) };
  }
}

function endOf(error: unknown): { readonly code: string; readonly reason: string } {
  if (!(error instanceof Error)) return { code: "closed", reason: "closed" };
  const code = "code" in error && typeof error.code === "string" ? error.code : "internal";
  return { code, reason: error.message };
}
