import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ChannelName, Message, Seq } from "../../core/message.ts";
import type { Epoch } from "../../core/message-id.ts";
import { receiptStates, reasonsWhy } from "../../core/receipt.ts";
import { inScope, isEverything, type Scope } from "../../core/scope.ts";
import { type Candidate, candidate, matcherOf, type Received, type SearchPage } from "../../core/search.ts";
import type { SearchQuery } from "../../core/search-query.ts";
import { prepare, type Query } from "./prepare.ts";
import { entryColumns, type EntryRow, toMessage, toMicros } from "./rows.ts";
import { matchExpression, narrow } from "./search-tokens.ts";

/** How long a search holds up everybody else at a time, and how long it works before it answers with what it has, in ms. */
const sliceMs = 5;
const patienceMs = 400;

/** Seqs that one statement looks at before the clock is looked at again: it begins so, and grows while it is quick. */
const firstSpan = 1000;
const quickMs = 1;
const slowMs = 4;

/** More channels, and more words with the same beginning, are told apart by reading. */
const maxAlternatives = 64;

const newestOfAll = Number.MAX_SAFE_INTEGER;

export interface SearchOptions {
  readonly epoch: Epoch;
  readonly assertOpen: () => void;
}

/** What is looked through, and with which narrowing. */
interface Plan {
  readonly matches: (one: Candidate) => boolean;
  readonly scope: Scope;
  /** What the index is asked, where it can help. */
  readonly expression: string | undefined;
  /** Where the only channel is all that narrows down: then the log has it in order. */
  readonly channel: string | undefined;
  /** How far the index went then: what is indexed meanwhile is read as if it were not. */
  readonly indexed: number;
  /** Which receipts the messages must have. */
  readonly receipts: "waiting" | "held" | undefined;
  /** Bounds of their time, in microseconds. */
  readonly from: number;
  readonly to: number;
}

/** A part of the log: from `low` on, before `high`. */
interface Span {
  readonly low: number;
  readonly high: number;
}

export function prepareSearch(database: DatabaseSync, { epoch, assertOpen }: SearchOptions) {
  const sources = prepareSources(database);
  const planOf = preparePlan(database);
  const receiptsOf = prepareReceipts(database);
  const inTurn = createTurns();

  /** Looks at what the span has, newest first; returns the last seq that it had time for, if it had not for all. */
  function look(plan: Plan, span: Span, found: Message[], wanted: number, until: number): Seq | undefined {
    let last: Seq | undefined;
    for (const row of sources.rows(plan, span)) {
      // A message with several receipts comes several times.
      if (row.seq === last) continue;
      last = row.seq;
      const message = toMessage(epoch, row);
      const isFound = inScope(plan.scope, message.channel) && plan.matches(candidate(message, receiptsOf));
      if (isFound) found.push(message);
      if (found.length >= wanted || performance.now() >= until) return last;
    }
    return undefined;
  }

  /** A search in steps, of which each takes a slice of time; the last returns the page. */
  function begin(query: SearchQuery, scope: Scope, before: Seq, limit: number): () => SearchPage | undefined {
    const found: Message[] = [];
    let plan: Plan | undefined;
    let [high, length, worked] = [Math.min(before, newestOfAll), firstSpan, 0];
    return () => {
      assertOpen();
      const begun = performance.now();
      const until = begun + sliceMs;
      plan ??= planOf(query, scope);
      for (let now = begun; now < until;) {
        const span = plan === undefined ? undefined : sources.spanBelow(plan, high, length);
        if (plan === undefined || span === undefined) return { messages: found, next: undefined };
        // One more than wanted tells whether there is more.
        high = look(plan, span, found, limit + 1, until) ?? span.low;
        if (found.length > limit) return { messages: found.slice(0, limit), next: found[limit - 1]?.seq };
        const took = performance.now() - now;
        now += took;
        length = took < quickMs ? length * 4 : took > slowMs ? Math.max(firstSpan, length / 4) : length;
      }
      worked += performance.now() - begun;
      return worked >= patienceMs ? { messages: found, next: high as Seq } : undefined;
    };
  }

  return async (query: SearchQuery, scope: Scope, before: Seq, limit: number): Promise<SearchPage> => {
    const step = begin(query, scope, before, limit);
    for (;;) {
      const page = await inTurn(step);
      if (page !== undefined) return page;
    }
  };
}

/**
 * One step in a turn of the event loop, which several would hold up together. Searches take turns, so that the page of a
 * list does not wait until somebody's long search has ended.
 */
function createTurns() {
  let turn: Promise<unknown> = Promise.resolve();
  const next = () => nextTurn();
  return <Result>(step: () => Result): Promise<Result> => {
    const done = turn.then(step);
    turn = done.then(next, next);
    return done;
  };
}

/** What a search asks of receipts, which is less than they say. */
function prepareReceipts(database: DatabaseSync) {
  const of = prepare<{ agent: string; state: number; why: number | null; reason: string | null }>(
    database,
    "SELECT agent, state, why, reason FROM receipts WHERE seq = ?",
  );
  return (seq: Seq): readonly Received[] =>
    of.all(seq).map(({ agent, state, why, reason }) => ({
      agent,
      state: receiptStates[state] ?? "stored",
      why: why === null ? undefined : reasonsWhy[why],
      reason: reason ?? undefined,
    }));
}

function preparePlan(database: DatabaseSync) {
  const channels = prepare<{ name: ChannelName }>(database, "SELECT name FROM channels WHERE messages > 0");
  const state = prepare<{ indexed: number }>(database, "SELECT indexed FROM search_state");
  let expand: ((prefix: string) => readonly string[] | undefined) | undefined;

  function channelsOf(scope: Scope): readonly string[] | undefined {
    if (isEverything(scope)) return undefined;
    const names = scope.patterns.length === 0 ? scope.names : channels.all().map(({ name }) => name);
    const wanted = names.filter((name) => inScope(scope, name));
    return wanted.length > maxAlternatives ? undefined : wanted;
  }

  /** Undefined when nothing can be found. */
  return (query: SearchQuery, scope: Scope): Plan | undefined => {
    expand ??= prepareExpansion(database);
    const where = channelsOf(scope);
    if (where?.length === 0) return undefined;
    const narrowing = narrow(query, { channels: where, expand });
    const [channel, ...others] = where ?? [];
    const isChannelAll = channel !== undefined && others.length === 0 && narrowing.length === 1;
    const positive = query.parts.filter(({ negated }) => !negated);
    const is = positive.map((part) => (part.kind === "is" ? part.value : undefined));
    const times = (kind: "before" | "after") =>
      positive.flatMap((part) => (part.kind === kind ? [toMicros(part.at)] : []));
    return {
      matches: matcherOf(query),
      scope,
      expression: narrowing.length === 0 || isChannelAll ? undefined : matchExpression(narrowing),
      channel: isChannelAll ? channel : undefined,
      indexed: state.get()?.indexed ?? 0,
      receipts: is.includes("held") ? "held" : is.includes("unread") ? "waiting" : undefined,
      // Rounding finds too much rather than too little.
      from: Math.max(Number.MIN_SAFE_INTEGER, ...times("after").map((at) => at - 1)),
      to: Math.min(Number.MAX_SAFE_INTEGER, ...times("before").map((at) => at + 1)),
    };
  };
}

/** Asks for one word after the other, as to ask for all would read through every message that has one. */
function prepareExpansion(database: DatabaseSync) {
  database.exec("CREATE VIRTUAL TABLE temp.search_words USING fts5vocab (main, search_index, instance)");
  const next = prepare<{ term: string }>(
    database,
    "SELECT term FROM temp.search_words WHERE term >= ? AND term < ? LIMIT 1",
  );
  return (prefix: string): readonly string[] | undefined => {
    const words: string[] = [];
    let word = next.get(prefix, `${prefix}\u{10ffff}`)?.term;
    while (word !== undefined && words.length <= maxAlternatives) {
      words.push(word);
      word = next.get(`${word}\u0001`, `${prefix}\u{10ffff}`)?.term;
    }
    return words.length > maxAlternatives ? undefined : words;
  };
}

/** The ways to what may be found: the log itself, the index, and the receipts. */
function prepareSources(database: DatabaseSync) {
  const joined = "CROSS JOIN channels c ON c.id = e.channel_id";
  const bounds = "e.count IS NULL AND e.accepted_at >= ? AND e.accepted_at <= ?";
  const ofReceipts = (table: string, state: string) =>
    prepare<EntryRow>(
      database,
      `SELECT ${entryColumns} FROM ${table} CROSS JOIN entries e ON e.seq = r.seq ${joined}
       WHERE r.seq >= ? AND r.seq < ? AND ${state} AND ${bounds} ORDER BY r.seq DESC`,
    );
  const log = prepare<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entries e ${joined} WHERE e.seq >= ? AND e.seq < ? AND ${bounds} ORDER BY e.seq DESC`,
  );
  const ofChannel = prepare<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM channels c CROSS JOIN entries e ON e.channel_id = c.id
     WHERE c.name = ? AND e.seq >= ? AND e.seq < ? AND ${bounds} ORDER BY e.seq DESC`,
  );
  const waiting = ofReceipts("receipts r NOT INDEXED", "r.why IS NOT NULL AND r.state IN (0, 2)");
  const held = ofReceipts("receipts r", "r.state = 1");
  const newestBelow = prepare<{ seq: Seq | null }>(database, "SELECT MAX(seq) AS seq FROM entries WHERE seq < ?");
  let index: Query<EntryRow> | undefined;

  // To the bottom at once: each row comes as soon as it is found, and a lower bound does not stop FTS5 in its search for
  // what two words have in common. It passes over bounds that are no integers, and numbers are bound as floating point.
  const prepareIndex = () =>
    prepare<EntryRow>(
      database,
      `SELECT ${entryColumns} FROM search_index i CROSS JOIN entries e ON e.seq = i.rowid ${joined}
       WHERE i.search_index MATCH ? AND i.rowid < CAST(? AS INTEGER) AND e.count IS NULL ORDER BY i.rowid DESC`,
    );

  const usesIndex = ({ expression, receipts }: Plan) => expression !== undefined && receipts === undefined;

  return {
    /** What one source has next, below `end`; undefined when there is nothing. The index has all at once. */
    spanBelow(plan: Plan, end: number, length: number): Span | undefined {
      const newest = newestBelow.get(end)?.seq ?? undefined;
      if (newest === undefined) return undefined;
      const high = newest + 1;
      if (!usesIndex(plan)) return { low: Math.max(0, high - length), high };
      if (newest <= plan.indexed) return { low: 0, high };
      return { low: Math.max(plan.indexed + 1, high - length), high };
    },

    rows({ expression, channel, indexed, receipts, from, to }: Plan, { low, high }: Span): Iterable<EntryRow> {
      if (receipts !== undefined) return (receipts === "held" ? held : waiting).iterate(low, high, from, to);
      if (channel !== undefined) return ofChannel.iterate(channel, low, high, from, to);
      if (expression === undefined || high > indexed + 1) return log.iterate(low, high, from, to);
      index ??= prepareIndex();
      return index.iterate(expression, high);
    },
  };
}
