import { z } from "zod";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import type { GuardedReceipts } from "../core/guarded-receipts.ts";
import { maxWordsLength } from "../core/limits.ts";
import { type Entry, isMessage } from "../core/message.ts";
import { defineOperation } from "../core/operation.ts";
import type { Receipt } from "../core/receipt.ts";
import { formatTime } from "../core/time.ts";
import { tellOfRefusal } from "./tell.ts";

/** Of what is before the message, only what the consumer had in context is known to be handled. */
async function noteHandled(
  receipts: GuardedReceipts,
  entry: Entry,
  refusal: string | undefined,
): Promise<readonly Receipt[]> {
  const before = await receipts.unacknowledged(entry);
  const acknowledged = before.map(({ seq }) => ({ seq, state: "acknowledged" as const }));
  const own =
    refusal === undefined ? { state: "acknowledged" as const } : { state: "refused" as const, reason: refusal };
  const marks = [...acknowledged.filter(({ seq }) => seq !== entry.seq), { seq: entry.seq, ...own }];
  return receipts.mark(isMessage(entry) ? marks : acknowledged);
}

export const ack = defineOperation({
  name: "ack",
  title: "Acknowledge messages",
  summary: "Mark a channel's messages up to this one as handled by a consumer.",
  permission: "read",
  effect: "advances",
  input: z.object({
    channel: fields.channel,
    consumer_id: fields.consumerId.describe("your name"),
    message_id: fields.messageId,
    refuse: z.string().min(1).max(maxWordsLength).optional().describe("why you will not do it"),
    metadata: z.unknown().optional().describe("taken for the original's clients, and not kept"),
  }),
  output: z.object({
    consumer_id: z.string(),
    channel: z.string(),
    last_seq: z.int(),
    last_message_id: z.string(),
    updated_at: z.string(),
    advanced: z.boolean().describe("False when the consumer was there or further already"),
  }),

  async run({ channel, consumer_id: consumer, message_id: id, refuse }, { store, agents }) {
    const entry = await store.find(id);
    if (entry?.channel !== channel) {
      throw new BridgeError("not_found", "message_id: no such message in this channel", { field: "message_id" });
    }
    const { cursor, advanced } = await store.advance(consumer, entry);
    await tellOfRefusal(await noteHandled(store.receipts.as(consumer), entry, refuse), agents);
    return {
      consumer_id: consumer,
      channel,
      last_seq: cursor.seq,
      last_message_id: cursor.messageId,
      updated_at: formatTime(cursor.updatedAt),
      advanced,
    };
  },
});
