import { z } from "zod";
import { envelope, envelopeType, sealEnvelope } from "../core/envelope.ts";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import type { GuardedStore } from "../core/guarded-store.ts";
import type { MessageId } from "../core/message.ts";
import { defineOperation } from "../core/operation.ts";
import { scanForSecrets } from "../core/secret-scan.ts";
import { formatTime } from "../core/time.ts";

/** Short for an envelope, so that an agent can say whom it means without writing one. */
const short = {
  to: fields.sender.optional().describe("recipient's name"),
  type: envelopeType.optional().describe("e.g. task, question, result"),
  thread_id: fields.messageId.optional(),
  reply_to: fields.messageId.optional().describe("id of the message answered"),
};

const input = z.object({
  channel: fields.channel.describe("<project>:<role>"),
  sender: fields.sender.describe("your name"),
  content: fields.content.optional().describe("text or JSON"),
  ...short,
  message: envelope.optional().describe("protocol-v1 envelope, instead of content"),
  idempotency_key: fields.idempotencyKey.optional().describe("same key = sent once"),
});

export const send = defineOperation({
  name: "send",
  title: "Send message",
  summary: "Store a message in a channel. Answers how far it got.",
  permission: "write",
  effect: "appends",
  input,
  output: z.object({
    id: z.string(),
    seq: z.int(),
    channel: z.string(),
    sender: z.string(),
    ts: z.string(),
    timestamp: z.string(),
    deduplicated: z.boolean().describe("True when the key had been used: this is the first message"),
    receipt: z.literal("stored").describe("How far the message got: committed to disk"),
    warnings: z.array(z.string()).optional().describe("What looks like a credential in it, and where"),
  }),

  async run({ channel, sender, idempotency_key: idempotencyKey, ...text }, { store, caps, secretScan }) {
    const content = contentOf(text);
    const field = text.message === undefined ? "content" : "message";
    if (fields.bytesOf(content) > caps.maxMessageBytes) {
      throw new BridgeError("too_large", `${field} exceeds ${caps.maxMessageBytes} bytes`, { field });
    }
    // As the sender wrote it where that is text, so that the places are those that it knows.
    const warnings = scanForSecrets(secretScan, { text: text.content ?? content, field, channel, sender });
    const hops = await hopsOf(text.reply_to ?? text.message?.reply_to, store);
    const [appended] = await store.append([{ channel, sender, content, idempotencyKey, hops }]);
    if (appended === undefined) throw new Error("the store answered for no draft");
    if (appended.kind === "refused") throw appended.error;
    const { id, seq, acceptedAt, sender: shown } = appended.message;
    const timestamp = formatTime(acceptedAt);
    const receipt = "stored" as const;
    const answer = {
      id,
      seq,
      channel,
      sender: shown,
      ts: timestamp,
      timestamp,
      deduplicated: !appended.isNew,
      receipt,
    };
    return warnings.length === 0 ? answer : { ...answer, warnings };
  },
});

/** One more than the message that it answers, if the bridge still has that and the sender may read it. */
async function hopsOf(replyTo: string | undefined, store: GuardedStore): Promise<number> {
  if (replyTo === undefined) return 0;
  const answered = await store.find(replyTo as MessageId);
  return answered?.kind === "message" ? answered.provenance.hops + 1 : 0;
}

type Text = Omit<z.output<typeof input>, "channel" | "sender" | "idempotency_key">;

function contentOf({ content, message, to, type, thread_id, reply_to }: Text): string {
  const isShort = [to, type, thread_id, reply_to].some((part) => part !== undefined);
  if (message !== undefined) {
    if (content === undefined && !isShort) return sealEnvelope(message);
    throw new BridgeError("invalid_input", "message: give it alone, without content, to, type, thread_id or reply_to", {
      field: "message",
    });
  }
  if (content === undefined) throw new BridgeError("invalid_input", "missing or empty: content", { field: "content" });
  if (!isShort) return content;
  const sealed = { schema_version: 1 as const, type: type ?? "message", content, recipient: to, thread_id, reply_to };
  return sealEnvelope(sealed);
}
