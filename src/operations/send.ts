import { z } from "zod";
import type { Routed, Routing } from "../core/agents.ts";
import { type Envelope, envelope, envelopeType, sealEnvelope } from "../core/envelope.ts";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import type { GuardedStore, Outgoing } from "../core/guarded-store.ts";
import { maxTtlSeconds } from "../core/limits.ts";
import type { Message, MessageId, Seq } from "../core/message.ts";
import { type Context, defineOperation } from "../core/operation.ts";
import { provenSender } from "../core/provenance.ts";
import type { Due } from "../core/receipt.ts";
import { scanForSecrets } from "../core/secret-scan.ts";
import type { Appended } from "../core/store.ts";
import { formatTime } from "../core/time.ts";
import { toWireReceipt, wireReceipt } from "../core/wire-receipt.ts";

/** Short for an envelope, so that an agent can say whom it means without writing one. */
const short = {
  to: fields.sender.optional().describe("recipient's name"),
  type: envelopeType.optional().describe("e.g. task, question, result"),
  thread_id: fields.messageId.optional(),
  reply_to: fields.messageId.optional().describe("id of the message answered"),
};

export const sendInput = z.object({
  channel: fields.channel.optional().describe("<project>:<role>; absent: direct to `to`"),
  sender: fields.sender.optional().describe("your name"),
  content: fields.content.optional().describe("text or JSON"),
  ...short,
  message: envelope.optional().describe("protocol-v1 envelope, instead of content"),
  ttl_seconds: z.int().min(1).max(maxTtlSeconds).optional().describe("then it expires unread"),
  idempotency_key: fields.idempotencyKey.optional().describe("same key = sent once"),
});

export const sent = z.object({
  id: z.string(),
  seq: z.int(),
  channel: z.string(),
  sender: z.string(),
  ts: z.string(),
  timestamp: z.string(),
  deduplicated: z.boolean().describe("True when the key had been used: this is the first message"),
  receipt: z
    .enum(["stored", "held"])
    .describe("How far the message got: committed to disk; held: kept back, see receipts"),
  receipts: z.array(wireReceipt).describe("One for each agent that it is for"),
  next: z.string().describe("What will happen to it, in a sentence"),
  note: z.string().optional().describe("Of a recipient whom nobody knows, with the nearest names"),
  warnings: z.array(z.string()).optional().describe("What looks like a credential in it, and where"),
});

export const send = defineOperation({
  name: "send",
  title: "Send message",
  summary: "Store a message in a channel, or direct to an agent. Answers how far it got and what comes next.",
  permission: "write",
  effect: "appends",
  input: sendInput,
  output: sent,
  run: (given, context) => sendMessage(given, context),
});

export interface Sending {
  /** What the bridge is to see to, once the message is stored. */
  readonly due?: Due | undefined;
  /** Somebody else must be meant, and one only. */
  readonly mustBeForOne?: boolean | undefined;
}

/** What an operation may send for its caller, and the envelope's part that only the bridge's own operations fill. */
export type ToSend = z.output<typeof sendInput> & { readonly metadata?: Envelope["metadata"] };

/** Stores what an operation was given to send. What takes no time is in functions beside it, which cost less. */
export async function sendMessage(
  text: ToSend,
  context: Context,
  { due = expiry(text.ttl_seconds, context), mustBeForOne = false }: Sending = {},
): Promise<Sent> {
  const { store, agents } = context;
  const said = saidIn(text, context);
  const replyTo = text.reply_to ?? text.message?.reply_to;
  const answered = replyTo === undefined ? undefined : await answeredBy(replyTo, store);
  const routed = await agents.route(routingOf(text, said, answered, context));
  if (mustBeForOne) requireRecipient(routed);
  if (routed.repeated !== undefined) return theFirst(routed.repeated, context);
  const warnings = warningsOn(text, said, routed, context);
  const [appended] = await store.append([outgoing(text, said, routed, answered, due)]);
  const { message, isNew } = stored(appended);
  if (isNew) routed.stored(message);
  const isForNobody = routed.addressees.length === 0 && isNew;
  const ahead = isForNobody ? nothingAhead(await agents.outlook([])) : await prospects(message.seq, context);
  return answerFor(message, !isNew, ahead, { note: routed.note, warnings });
}

/** What is sent, by whom, and the field that it came in. */
interface SaidText {
  readonly asked: string;
  readonly content: string;
  readonly field: "content" | "message";
}

/** @throws BridgeError `invalid_input`, `too_large`. */
function saidIn(text: ToSend, { caps, self }: Context): SaidText {
  const asked = text.sender ?? self?.name;
  if (text.channel === undefined && recipientOf(text) === undefined) throw missing("channel");
  if (asked === undefined) throw missing("sender");
  const content = contentOf(text);
  const field = text.message === undefined ? "content" : "message";
  if (fields.isLongerThan(content, caps.maxMessageBytes)) {
    throw new BridgeError("too_large", `${field} exceeds ${caps.maxMessageBytes} bytes`, { field });
  }
  return { asked, content, field };
}

/** Its sender is there: it says so with everything that it sends. */
function routingOf(
  text: ToSend,
  { asked, content }: SaidText,
  answered: Message | undefined,
  { principal, agents }: Context,
): Routing {
  const { sender } = provenSender(principal, asked);
  agents.see({ name: sender, principal });
  const inside = text.message?.content;
  return {
    principal,
    sender,
    channel: text.channel,
    answered,
    hops: answered === undefined ? 0 : answered.provenance.hops + 1,
    idempotencyKey: text.idempotency_key,
    to: recipientOf(text),
    type: text.type ?? text.message?.type,
    thread: text.thread_id ?? text.message?.thread_id,
    // What a reader sees of it.
    text: text.content ?? (typeof inside === "string" ? inside : content),
  };
}

/** Of the text as the sender wrote it where there is one, so that the places are those that it knows. */
function warningsOn(text: ToSend, { asked, content, field }: SaidText, { channel }: Routed, { secretScan }: Context) {
  const warnings = scanForSecrets(secretScan, { text: text.content ?? content, field, channel, sender: asked });
  return warnings.length === 0 ? undefined : warnings;
}

/** Without addressees where it is for nobody: most are, and a store does less for them. */
function outgoing(
  text: ToSend,
  { asked, content }: SaidText,
  { channel, addressees }: Routed,
  answered: Message | undefined,
  due: Due | undefined,
): Outgoing {
  const isForNobody = addressees.length === 0;
  return {
    channel,
    sender: asked,
    content,
    idempotencyKey: text.idempotency_key,
    hops: answered === undefined ? 0 : answered.provenance.hops + 1,
    addressees: isForNobody ? undefined : due === undefined ? addressees : addressees.map((one) => ({ ...one, due })),
    answers: answered?.seq,
  };
}

function stored(appended: Appended | undefined): Extract<Appended, { readonly kind: "appended" }> {
  if (appended === undefined) throw new Error("the store answered for no draft");
  if (appended.kind === "refused") throw appended.error;
  return appended;
}

const missing = (field: string) => new BridgeError("invalid_input", `missing or empty: ${field}`, { field });

/** @throws BridgeError `not_found`, before anything is stored. */
function requireRecipient({ addressees, note }: Routed): void {
  if (addressees.some(({ why }) => why === "addressed")) return;
  throw new BridgeError("not_found", `to: ${note ?? "name somebody else than yourself"}`, { field: "to" });
}

function expiry(ttlSeconds: number | undefined, { clock }: Context): Due | undefined {
  return ttlSeconds === undefined ? undefined : { what: "expire", at: clock.now() + ttlSeconds * 1000 };
}

type Sent = z.output<typeof sent>;

/** Field by field: spread from parts it would be copied several times. */
function answerFor(
  { id, seq, channel, sender, acceptedAt }: Message,
  deduplicated: boolean,
  { receipt, receipts, next }: Pick<Sent, "receipt" | "receipts" | "next">,
  { note, warnings }: Pick<Sent, "note" | "warnings">,
): Sent {
  const timestamp = formatTime(acceptedAt);
  return { id, seq, channel, sender, ts: timestamp, timestamp, deduplicated, receipt, receipts, next, note, warnings };
}

/** What the sender has sent already, and how far that has got since. */
async function theFirst({ id, note }: NonNullable<Routed["repeated"]>, context: Context) {
  const first = await context.store.find(id);
  if (first?.kind !== "message") throw new BridgeError("conflict", `content: ${note}`, { field: "content" });
  return answerFor(first, true, await prospects(first.seq, context), { note });
}

const nothingAhead = (next: string) => ({ receipt: "stored" as const, receipts: [], next });

async function prospects(seq: Seq, { store, agents }: Context) {
  const receipts = await store.receipts.of([seq]);
  const isHeld = receipts.length > 0 && receipts.every(({ state }) => state === "held");
  return {
    receipt: isHeld ? ("held" as const) : ("stored" as const),
    receipts: receipts.map((receipt) => toWireReceipt(store.epoch, receipt)),
    next: await agents.outlook(receipts),
  };
}

const recipientOf = ({ to, message }: Text) => to ?? message?.recipient;

/** The message that it answers, if the bridge still has that and the sender may read it. */
async function answeredBy(replyTo: string, store: GuardedStore): Promise<Message | undefined> {
  const answered = await store.find(replyTo as MessageId);
  return answered?.kind === "message" ? answered : undefined;
}

type Text = Pick<ToSend, "content" | "message" | "to" | "type" | "thread_id" | "reply_to" | "metadata">;

function contentOf({ content, message, to, type, thread_id, reply_to, metadata }: Text): string {
  const isShort = [to, type, thread_id, reply_to].some((part) => part !== undefined);
  if (message !== undefined) {
    if (content === undefined && !isShort) return sealEnvelope(message);
    throw new BridgeError("invalid_input", "message: give it alone, without content, to, type, thread_id or reply_to", {
      field: "message",
    });
  }
  if (content === undefined) throw missing("content");
  if (!isShort) return content;
  const sealed = {
    schema_version: 1 as const,
    type: type ?? "message",
    content,
    recipient: to,
    thread_id,
    reply_to,
    metadata,
  };
  return sealEnvelope(sealed);
}
