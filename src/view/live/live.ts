import type { Agent, BridgeClient, Receipt, StreamEntry } from "../../client/index.ts";
import { type Clock, systemClock } from "../../core/clock.ts";
import { createListeners } from "../../core/listeners.ts";
import { type Channels, channelsOf, countedOn } from "./channels.ts";
import { createOutbox, type Outbox, type Pending } from "./pending.ts";
import { createRates } from "./rates.ts";
import { createReceiptBook } from "./receipt-book.ts";
import type { Batch, Connection, Source } from "./source.ts";

/** What is known of a bridge now. A new one with each change; what did not change in it is the same as before. */
export interface LiveState {
  readonly connection: Connection;
  /** Undefined until the bridge has said. */
  readonly channels: Channels | undefined;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly pending: readonly Pending[];
  /** Messages that came in the last minute, and in each of the last 60 steps of 5 s. */
  readonly perMinute: number;
  readonly steps: readonly number[];
  /** Of the newest entry that came; 0 while none did. */
  readonly lastSeq: number;
  /** Messages that were waiting when the connection was back. */
  readonly caughtUp: number;
}

/** A bridge as one sees it: everything that a screen shows hangs on one of these. */
export interface Live {
  snapshot(): LiveState;
  /** After each change; at most some ten times a second by what comes from the bridge. */
  subscribe(listener: () => void): () => void;
  /** All that comes, in order, as soon as the receipts in it are in the book. */
  follow(listener: (entries: readonly StreamEntry[]) => void): () => void;
  /** How far a message got, as far as it was heard here. The same array while nothing changes. */
  receiptsOf(id: string): readonly Receipt[];
  /** Receipts that were read elsewhere, of messages from before. */
  learn(receipts: readonly Receipt[]): void;
  readonly outbox: Outbox;
  /** Where the connection is lost and the next try waited for, makes it now. */
  retryNow(): void;
  close(): void;
}

export interface LiveOptions {
  readonly client: Pick<BridgeClient, "channels" | "send">;
  readonly source: Source;
  readonly clock?: Clock;
  /** What another one left behind that could not be sent. */
  readonly unsent?: readonly Pending[];
}

const nothingYet = {
  connection: { kind: "connecting" },
  channels: undefined,
  agents: new Map(),
  perMinute: 0,
  lastSeq: 0,
  caughtUp: 0,
} as const;

/** What comes so soon after the connection is back was waiting. */
const catchingUpMs = 1_500;

export function createLive({ client, source, clock = systemClock, unsent = [] }: LiveOptions): Live {
  const changed = createListeners();
  const came = createListeners<readonly StreamEntry[]>();
  const book = createReceiptBook();
  const rates = createRates(clock.now);
  const outbox = createOutbox(client, clock.now, () => commit({ pending: outbox.list() }), unsent);
  const stop = new AbortController();
  let state: LiveState = { ...nothingYet, pending: unsent, steps: rates.steps() };

  function commit(change: Partial<LiveState>): void {
    state = { ...state, ...change };
    changed.wakeAll();
  }

  async function countChannels(): Promise<void> {
    try {
      commit({ channels: channelsOf(await client.channels({ signal: stop.signal })) });
    } catch {
      // Whoever may not read is told by the connection; anything else is tried again when it is back.
    }
  }

  function take(batch: Batch): void {
    const { connection, entries } = batch;
    const messages = entries.filter((entry) => entry.kind === "message");
    for (const entry of entries) if (entry.kind === "receipt") book.put(entry);
    rates.count(messages.length);
    const isBack = connection !== state.connection && connection.kind === "live";
    state = {
      ...stateAfter(state, batch),
      perMinute: rates.perMinute(),
      steps: rates.steps(),
      caughtUp: (isBack ? 0 : state.caughtUp) + (isCatchingUp(connection, clock.now()) ? messages.length : 0),
    };
    came.wakeAll(entries);
    outbox.arrived(messages);
    changed.wakeAll();
    // What an undone clear brings back is not told one by one.
    if (isBack || entries.some(({ kind }) => kind === "restored")) void countChannels();
  }

  const closeSource = source.open(take);
  return {
    snapshot: () => state,
    subscribe: changed.add,
    follow: came.add,
    receiptsOf: book.of,
    learn(receipts) {
      for (const receipt of receipts) book.put(receipt);
    },
    outbox,
    retryNow: () => source.retryNow(),
    close() {
      stop.abort();
      closeSource();
    },
  };
}

const isCatchingUp = (connection: Connection, now: number) =>
  connection.kind === "live" && connection.isAgain && now - connection.since < catchingUpMs;

function stateAfter(state: LiveState, { connection, entries }: Batch): LiveState {
  return {
    ...state,
    connection,
    channels: state.channels && countedOn(state.channels, entries),
    agents: withAgents(state.agents, entries),
    lastSeq: lastSeqOf(entries) ?? state.lastSeq,
  };
}

function withAgents(agents: ReadonlyMap<string, Agent>, entries: readonly StreamEntry[]): ReadonlyMap<string, Agent> {
  const seen = entries.filter((entry) => entry.kind === "agent");
  return seen.length === 0 ? agents : new Map([...agents, ...seen.map((agent) => [agent.name, agent] as const)]);
}

function lastSeqOf(entries: readonly StreamEntry[]): number | undefined {
  const last = entries.findLast(({ kind }) => kind === "message" || kind === "cleared" || kind === "restored");
  return last !== undefined && "seq" in last ? last.seq : undefined;
}
