import { z } from "zod";
import type { Bridge } from "../../core/bridge.ts";
import { type AgentFeed, createAgentFeed } from "./agent-feed.ts";
import { isOver, listen, type Listening } from "./event-listen.ts";
import { resumeReceiptsAt, streamReceipts } from "./receipt-events.ts";
import { createReceiptFeed } from "./receipt-feed.ts";

/** What a stream has beside the log's entries, when it is asked for. Without, it costs nothing. */
const kinds = ["receipts", "agents"] as const;

export const extrasInput = z.object({
  with: z.array(z.enum(kinds)).default([]),
  receipts_after: z.coerce.number().int().min(0).optional(),
});

export interface Extras {
  /** The change of receipts where the stream begins, when it has them. */
  readonly receiptsAfter?: number | undefined;
  /** Writes into the stream until its reader or the bridge goes away. */
  run(stream: Listening): readonly Promise<void>[];
  leave(): void;
}

/** To be called before the head is sent: nothing that changes after it is missed. */
export type OpenExtras = (asked: z.output<typeof extrasInput>) => Promise<Extras>;

export function createExtras(bridge: Bridge): OpenExtras {
  const receiptFeed = createReceiptFeed(bridge);
  const agentFeed = createAgentFeed(bridge);
  return async ({ with: asked, receipts_after: after }) => {
    const receipts = asked.includes("receipts") ? await resumeReceiptsAt(bridge, after) : undefined;
    const agents = asked.includes("agents") ? await agentFeed.enter() : undefined;
    return {
      receiptsAfter: receipts?.after,
      run: (stream) => [
        ...(receipts === undefined ? [] : [streamReceipts(stream, receiptFeed, receipts)]),
        ...(agents === undefined ? [] : [streamAgents(stream, agentFeed, agents.after)]),
      ],
      leave: () => agents?.leave(),
    };
  };
}

async function streamAgents(stream: Listening, feed: AgentFeed, after: number): Promise<void> {
  let place: number | undefined = after;
  while (place !== undefined) {
    await stream.writer.drained();
    if (isOver(stream)) return;
    place = await listen(stream, feed, place);
  }
}
