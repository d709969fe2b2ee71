import { type Agent, agentFrom } from "./agent.ts";
import { listAgents } from "./agent-calls.ts";
import { type Receipt, receiptFrom } from "./receipt.ts";
import type { Ask } from "./request.ts";
import type { Settings } from "./settings.ts";
import { fieldsOf, number } from "./shape.ts";

/** A receipt as it is now. */
export interface ReceivedReceipt extends Receipt {
  readonly kind: "receipt";
  /** Its place among the changes of all receipts: what a subscription is resumed after. */
  readonly change: number;
}

/**
 * The subscription was away for so many changes that the bridge tells none of them. Read the receipts of what is shown
 * anew.
 */
export interface ReceiptGap {
  readonly kind: "receipt_gap";
  readonly after: number;
  readonly upTo: number;
}

/** An agent as it is now. */
export interface ReceivedAgent extends Agent {
  readonly kind: "agent";
}

export type NewsEntry = ReceivedReceipt | ReceiptGap | ReceivedAgent;

export interface NewsWanted {
  readonly receipts?: boolean | undefined;
  /** The `change` of the last receipt that was handled; from now on unless told. */
  readonly receiptsAfter?: number | undefined;
  readonly agents?: boolean | undefined;
}

/** What a subscription has beside the entries of the log, and how far it has got with receipts. */
export interface News {
  /** What to ask of the stream. */
  readonly query: Ask["query"] & {};
  /** For a reader that has had no receipt yet. */
  begin(change: number | undefined): void;
  /** Who is there: of presence a stream tells only what changes while it lasts. */
  present(settings: Settings, signal: AbortSignal): Promise<readonly ReceivedAgent[]>;
  /** None for what is no news, or was had before. */
  take(event: string, value: unknown): NewsEntry | undefined;
}

export function createNews({ receipts = false, agents = false, receiptsAfter }: NewsWanted): News {
  let last = receiptsAfter;
  const kinds = [...(receipts ? ["receipts"] : []), ...(agents ? ["agents"] : [])];

  function takeReceipt(value: unknown): ReceivedReceipt | undefined {
    const change = number(fieldsOf(value), "change");
    if (last !== undefined && change <= last) return undefined;
    last = change;
    return { kind: "receipt", change, ...receiptFrom(value) };
  }

  function takeGap(value: unknown): ReceiptGap {
    const fields = fieldsOf(value);
    last = number(fields, "change");
    return { kind: "receipt_gap", after: number(fields, "after"), upTo: last };
  }

  return {
    get query() {
      if (kinds.length === 0) return [];
      return [["with", kinds.join(",")] as const, ["receipts_after", receipts ? last : undefined] as const];
    },
    begin(change) {
      last ??= change;
    },
    async present(settings, signal) {
      if (!agents) return [];
      // Once: whoever fails here comes again with its connection.
      const known = await listAgents(settings, { signal, patienceMs: 0 });
      return known.map((agent) => ({ kind: "agent", ...agent }));
    },
    take(event, value) {
      if (event === "receipt") return takeReceipt(value);
      if (event === "receipts_truncated") return takeGap(value);
      return event === "agent" ? { kind: "agent", ...agentFrom(value) } : undefined;
    },
  };
}
