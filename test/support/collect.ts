import type { BridgeClient, Subscribe, StreamEntry, SubscriptionState } from "../../src/client/index.ts";

/** A subscription, as it is taken. */
export interface Collected {
  readonly entries: readonly StreamEntry[];
  /** Of messages the content, of the rest the kind. */
  readonly contents: readonly string[];
  readonly states: readonly SubscriptionState[];
  /** Of what was done to it, in order. */
  readonly kinds: readonly SubscriptionState["kind"][];
  /** Resolves when it has ended by itself or by its signal; rejects with its error. */
  readonly ended: Promise<void>;
  /** Leaves it as its caller may: resolves when all is undone. */
  leave(): Promise<void>;
}

/** Takes everything that the subscription gives, as it comes. */
export function collect(bridge: BridgeClient, wanted: Subscribe): Collected {
  const stop = new AbortController();
  const entries: StreamEntry[] = [];
  const states: SubscriptionState[] = [];
  const signal = wanted.signal === undefined ? stop.signal : AbortSignal.any([wanted.signal, stop.signal]);

  async function take(): Promise<void> {
    for await (const entry of bridge.subscribe({ ...wanted, signal, onState: (state) => states.push(state) })) {
      entries.push(entry);
    }
  }

  const ended = take();
  ended.catch(() => {});
  return {
    entries,
    states,
    ended,
    get contents() {
      return entries.map((entry) => (entry.kind === "message" ? entry.content : entry.kind));
    },
    get kinds() {
      return states.map(({ kind }) => kind);
    },
    async leave() {
      stop.abort();
      await ended.catch(() => {});
    },
  };
}
