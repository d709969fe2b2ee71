import { type BridgeClient, BridgeError, type FoundMessage, type Receipt, type Sent } from "../../../client/index.ts";

/** What became of a message that an answer was wanted to. */
export type Outcome =
  | { readonly kind: "answered"; readonly receipt: Receipt; readonly answer: FoundMessage }
  /** Nobody is left who could answer: this receipt has come to its end. */
  | { readonly kind: "ended"; readonly receipt: Receipt }
  | { readonly kind: "timeout" }
  /** The signal was aborted. */
  | { readonly kind: "left" };

export interface Awaiting {
  readonly sent: Sent;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly onReceipts: (receipts: readonly Receipt[]) => void;
}

/** Follows the receipts of a message until one has an answer. Over a bridge that is started anew, too. */
export async function awaitAnswer(client: BridgeClient, awaiting: Awaiting): Promise<Outcome> {
  const { sent, seconds, signal } = awaiting;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  const ends = AbortSignal.any([signal, stop.signal]);
  const known = new Map(sent.receipts.map((receipt) => [receipt.agent, receipt]));
  let failure: unknown;
  const take = (receipts: readonly Receipt[]) => {
    for (const receipt of receipts) if (receipt.messageId === sent.id) known.set(receipt.agent, receipt);
    awaiting.onReceipts([...known.values()]);
    if (lastReceipt(known) !== undefined) stop.abort();
  };
  // What changed while nobody listened is read anew.
  const catchUp = async () => {
    try {
      take(await client.receipts([sent.id], { signal: ends }));
    } catch (error) {
      if (ends.aborted || (error instanceof BridgeError && error.retryable)) return;
      failure = error;
      stop.abort();
    }
  };
  try {
    const wanted = { channels: [sent.channel], receipts: true, signal: ends } as const;
    const entries = client.subscribe({ ...wanted, onState: ({ kind }) => void (kind === "live" && catchUp()) });
    for await (const entry of entries) if (entry.kind === "receipt") take([entry]);
    if (failure !== undefined) throw failure as Error;
    return await outcomeOf(client, lastReceipt(known), signal);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

async function outcomeOf(client: BridgeClient, last: Receipt | undefined, signal: AbortSignal): Promise<Outcome> {
  if (last?.answerId !== undefined) {
    return { kind: "answered", receipt: last, answer: await client.find(last.answerId) };
  }
  if (last !== undefined) return { kind: "ended", receipt: last };
  return signal.aborted ? { kind: "left" } : { kind: "timeout" };
}

/** The receipt that ends it: one with an answer, or any when none can come to one any more. */
function lastReceipt(known: ReadonlyMap<string, Receipt>): Receipt | undefined {
  const receipts = [...known.values()];
  const answered = receipts.find(({ answerId }) => answerId !== undefined);
  if (answered !== undefined) return answered;
  const isOver = receipts.length > 0 && receipts.every(({ state }) => state === "refused" || state === "expired");
  return isOver ? receipts[0] : undefined;
}
