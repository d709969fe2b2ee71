import { interleave, medianOf } from "../measure/rounds.ts";
import { closedLoop, type Loop } from "../load/closed-loop.ts";
import { openConnection } from "../load/connection.ts";
import { get } from "../load/requests.ts";
import type { Context, Group } from "../product/context.ts";
import { fill, type Filled } from "../product/fill.ts";
import { type Relay, startRelay } from "../product/relay.ts";
import { atMost, latencies, type Row, show, type Target } from "../report/row.ts";

const pageSize = 100;
/** Up to here a figure is flat: the largest database may cost so much of what the smallest costs. */
const flatFactor = 1.5;

const whats = {
  page: { name: `page of ${pageSize} from a cursor`, p99Ms: 2 },
  state: { name: "/api/state", p99Ms: 2 },
  // What is newer than the index is read: less than a hundred messages.
  search: { name: "search for a rare word", p99Ms: 20 },
} as const;
type What = keyof typeof whats;

/** What a page, the state and a search cost while the log grows. */
export const history: Group = {
  name: "history",
  async *run(context) {
    const sizes = context.isQuick ? [1000, 100_000] : [1000, 100_000, 1_000_000];
    const halls: Hall[] = [];
    try {
      for (const size of sizes) halls.push(await open(context, size));
      for (const what of ["page", "state", "search"] as const) {
        const contenders = halls.map((hall) => [`${hall.size}`, () => hall[what](context.seconds(0.8))] as const);
        const results = await interleave(context.rounds, Object.fromEntries(contenders));
        yield* toRows(what, sizes, results);
      }
    } finally {
      for (const { relay } of halls) await relay[Symbol.asyncDispose]();
    }
  },
};

interface Hall {
  readonly size: number;
  readonly relay: Relay;
  page(seconds: number): Promise<Loop>;
  state(seconds: number): Promise<Loop>;
  search(seconds: number): Promise<Loop>;
}

async function open(context: Context, size: number): Promise<Hall> {
  const filled = await fill(context, size);
  const relay = await startRelay(context, { db: filled.db });
  const pages = pageRequests(filled);
  const state = get("/api/state");
  const search = get("/api/search?q=needle");
  let asked = 0;
  const nextPage = () => pages[(asked++ * 7919) % pages.length] ?? state;
  for (const next of [nextPage, () => state, () => search]) await ask(relay, context.seconds(0.6), next);
  return {
    size,
    relay,
    page: (seconds) => ask(relay, seconds, nextPage),
    state: (seconds) => ask(relay, seconds, () => state),
    search: (seconds) => ask(relay, seconds, () => search),
  };
}

const pageRequests = ({ channels: [channel = ""], cursors }: Filled) =>
  cursors.map((id) => get(`/api/messages?channel=${channel}&since_id=${id}&limit=${pageSize}&full=1`));

/** One reader, as fast as the answers come. */
async function ask({ port }: Relay, seconds: number, next: () => Buffer): Promise<Loop> {
  const connection = await openConnection(port);
  const loop = await closedLoop([connection], seconds, next);
  connection.close();
  return loop;
}

function* toRows(
  what: What,
  sizes: readonly number[],
  results: Readonly<Record<string, readonly Loop[]>>,
): Generator<Row, void, void> {
  const p50Of = (size: number) => medianOf(results[size] ?? [], ({ latency }) => latency.percentile(50));
  const smallest = p50Of(sizes[0] ?? 0);
  for (const size of sizes) {
    const p50 = p50Of(size);
    const p99 = medianOf(results[size] ?? [], ({ latency }) => latency.percentile(99));
    const growth: readonly Target[] = size === sizes[0] ? [] : [{ says: "flat", isMet: p50 <= smallest * flatFactor }];
    yield {
      group: "history",
      name: `${whats[what].name}, ${show(size)} messages`,
      measured: latencies(p50, p99),
      targets: [atMost("p99", whats[what].p99Ms, "ms", p99), ...growth],
      figures: { p50, p99, growth: p50 / smallest },
    };
  }
}
