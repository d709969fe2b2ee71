import { z } from "zod";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import { maxInboxPage } from "../core/limits.ts";
import { isMessage } from "../core/message.ts";
import { defineOperation } from "../core/operation.ts";
import { toWireReceipt, wireReceipt } from "../core/wire-receipt.ts";

export const receipts = defineOperation({
  name: "receipts",
  title: "Receipts of messages",
  summary: "How far messages got, with each agent that they are for or that read them.",
  permission: "read",
  effect: "reads",
  input: z.object({ message_ids: z.array(fields.messageId).min(1).max(maxInboxPage) }),
  output: z.object({ receipts: z.array(wireReceipt) }),

  async run({ message_ids: ids }, { store }) {
    const found = await Promise.all(ids.map(async (id) => store.find(id)));
    const missing = ids.find((_id, index) => found[index] === undefined);
    if (missing !== undefined) {
      throw new BridgeError("not_found", `message_ids: no message ${missing}`, { field: "message_ids" });
    }
    const seqs = found.flatMap((entry) => (entry !== undefined && isMessage(entry) ? [entry.seq] : []));
    const rows = await store.receipts.of(seqs);
    return { receipts: rows.map((receipt) => toWireReceipt(store.epoch, receipt)) };
  },
});
