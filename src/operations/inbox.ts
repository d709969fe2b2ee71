import { z } from "zod";
import { createBell } from "../core/bell.ts";
import { BridgeError } from "../core/errors.ts";
import { maxInboxPage, maxWaitSeconds } from "../core/limits.ts";
import type { Seq } from "../core/message.ts";
import { type Context, defineOperation } from "../core/operation.ts";
import { reasonsWhy, waitingStates } from "../core/receipt.ts";
import type { Waiting } from "../core/receipts.ts";
import { toWire, wireMessage } from "../core/wire.ts";
import { digest, digestOf } from "./digest.ts";
import { fitText } from "./receive.ts";
import { stopAfter } from "./stop-after.ts";

const inboxMessage = wireMessage.extend({
  why: z.enum(reasonsWhy),
  state: z.enum(waitingStates),
  quiet: z.boolean().optional().describe("A rule says that it is not worth a turn"),
});

export const inbox = defineOperation({
  name: "inbox",
  title: "Read your inbox",
  summary: "Messages for you that you have not had in context yet, oldest first. Reading it marks nothing.",
  permission: "read",
  effect: "reads",
  isBackground: true,
  input: z.object({
    after: z.int().min(0).default(0).describe("seq of the last one that you know of"),
    limit: z
      .int()
      .min(1)
      .default(20)
      .transform((value) => Math.min(value, maxInboxPage)),
    wait_seconds: z
      .number()
      .min(0)
      .max(maxWaitSeconds)
      .default(0)
      .describe("Waits so long for the next, if there is none; what is quiet ends no wait"),
  }),
  output: z.object({
    agent: z.string().describe("Who the bridge takes you for"),
    messages: z.array(inboxMessage),
    next: z.int().describe("`after` of the next call"),
    unread: z.int().describe("All that you have not had, on this page or not"),
    channels: z.array(z.object({ channel: z.string(), unread: z.int() })),
    digest,
  }),

  async run({ after, limit, wait_seconds: waitSeconds }, context) {
    const { receipts } = context.store;
    const { name: agent } = receipts.self();
    // A model that reads by itself is no shim that listens.
    const isListening = context.via !== "mcp";
    context.agents.note({ name: agent, principal: context.principal }, { isListening });
    const page = fitText(await readOrWait(after as Seq, limit, waitSeconds, context), ({ message }) => message.content);
    const unread = await receipts.unread();
    return {
      agent,
      messages: page.map(toInboxMessage),
      next: page.at(-1)?.message.seq ?? after,
      unread: unread.reduce((sum, { messages }) => sum + messages, 0),
      channels: unread.map(({ channel, messages }) => ({ channel, unread: messages })),
      digest: await digestOf(context, agent),
    };
  },
});

function toInboxMessage({ receipt, message }: Waiting): z.output<typeof inboxMessage> {
  const { why = "addressed", state, isQuiet: quiet } = receipt;
  const waiting = state === "at_machine" ? state : ("stored" as const);
  return { ...toWire(message, "parsed"), why, state: waiting, ...(quiet === true ? { quiet } : {}) };
}

async function readOrWait(after: Seq, limit: number, waitSeconds: number, context: Context) {
  const { store, agents, principal } = context;
  if (waitSeconds === 0) return store.receipts.inbox(after, limit);
  const leave = context.waits.enter(
    context.principal,
    `too many wait calls are open (${context.caps.maxWaits}); try again later`,
  );
  // An agent that waits by itself will have the answer; what a shim holds open says only that the shim is there.
  const what = context.via === "mcp" ? "wait" : "inbox";
  const away = agents.enter({ name: store.receipts.self().name, principal }, what);
  const timeout = stopAfter(waitSeconds * 1000, context.signal());
  try {
    const mail = await nextMail(context, after, limit, timeout.signal);
    const page = mail ?? (await store.receipts.inbox(after, limit));
    if (page.length === 0 && context.signal().aborted) {
      throw new BridgeError("closing", "the bridge is stopping; call again in a moment, nothing is missed");
    }
    return page;
  } finally {
    timeout.cancel();
    leave();
    away();
  }
}

/**
 * The page after `after` when there is something in it that is worth a turn; undefined when the signal aborts before.
 * Watches, then reads, then waits: what comes between is not missed.
 */
export async function nextMail(
  { store: { receipts } }: Pick<Context, "store">,
  after: Seq,
  limit: number,
  signal: AbortSignal,
): Promise<readonly Waiting[] | undefined> {
  const bell = createBell();
  const unwatch = await receipts.watchOwn(bell.ring);
  signal.addEventListener("abort", bell.ring);
  try {
    while (!signal.aborted) {
      const page = await receipts.inbox(after, limit);
      if (await wakes(page, limit, receipts)) return page;
      await bell.wait();
    }
    return undefined;
  } finally {
    unwatch();
    signal.removeEventListener("abort", bell.ring);
  }
}

/** So many pages of messages that wake nobody are looked through; more of them are worth a look themselves. */
const maxQuietPages = 10;

/** Whether there is a message that is worth a turn, on the page or behind it. */
async function wakes(first: readonly Waiting[], limit: number, receipts: Context["store"]["receipts"]) {
  let page = first;
  for (let looked = 1; looked <= maxQuietPages; looked += 1) {
    if (page.some(({ receipt }) => receipt.isQuiet !== true)) return true;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return false;
    page = await receipts.inbox(last.message.seq, limit);
  }
  return true;
}
