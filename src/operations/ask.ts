import { z } from "zod";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import {
  defaultDeadlineSeconds,
  maxHttpWaitSeconds,
  maxQuickAnswerLength,
  maxQuickAnswers,
  maxTtlSeconds,
} from "../core/limits.ts";
import type { Seq } from "../core/message.ts";
import { type Context, defineOperation } from "../core/operation.ts";
import { questionType, supersededBy } from "../core/question.ts";
import { formatTime } from "../core/time.ts";
import { toWireReceipt } from "../core/wire-receipt.ts";
import { toWire, wireMessage } from "../core/wire.ts";
import { answerTo } from "./answer-to.ts";
import { sendInput, sendMessage, sent } from "./send.ts";
import { tellOfWithdrawal } from "./tell.ts";

const input = sendInput.omit({ type: true, reply_to: true, ttl_seconds: true }).extend({
  to: fields.sender.optional().describe("agent, machine, or `you`: a person"),
  options: z.array(z.string().min(1).max(maxQuickAnswerLength)).min(1).max(maxQuickAnswers).optional(),
  deadline_seconds: z.int().min(1).max(maxTtlSeconds).default(defaultDeadlineSeconds),
  wait_seconds: z.number().min(0).max(maxHttpWaitSeconds).default(0),
  supersedes: fields.messageId.optional().describe("your question that this one replaces"),
});

type Input = z.output<typeof input>;

export const ask = defineOperation({
  name: "ask",
  title: "Ask",
  summary: "Ask somebody; the answer wakes you.",
  permission: "write",
  effect: "appends",
  input,
  output: sent.extend({
    deadline: z.string().describe("The recipient is reminded half-way, and you are told when it passes"),
    answer: wireMessage.optional().describe("There, if it came while you waited"),
  }),

  async run({ deadline_seconds: seconds, wait_seconds: waitSeconds, supersedes, ...given }, context) {
    const { store, clock } = context;
    if (supersedes !== undefined) await store.fates.requireWithdrawable(supersedes);
    const leave = waitSeconds === 0 ? () => undefined : enterWait(context);
    try {
      const now = clock.now();
      const due = { what: "remind", at: now + seconds * 500, deadline: now + seconds * 1000 } as const;
      const ticket = await sendMessage(toQuestion(given), context, { due, mustBeForOne: true });
      const note = supersedes === undefined ? undefined : await replace(supersedes, ticket, context);
      return {
        ...ticket,
        ...(note === undefined ? {} : { note }),
        deadline: formatTime(ticket.deduplicated ? Date.parse(ticket.timestamp) + seconds * 1000 : due.deadline),
        ...(waitSeconds === 0 ? {} : await waitForAnswer(ticket.seq as Seq, waitSeconds, context)),
      };
    } finally {
      leave();
    }
  },
});

/** Before anything is sent: whoever is refused has asked nothing. */
const enterWait = ({ waits, principal, caps }: Context) =>
  waits.enter(principal, `too many wait calls are open (${caps.maxWaits}); ask without wait_seconds`);

type Given = Omit<Input, "deadline_seconds" | "wait_seconds" | "supersedes">;

function toQuestion({ options, ...given }: Given) {
  const { message, to } = given;
  if ((message?.recipient ?? to) === undefined) {
    throw new BridgeError("invalid_input", "to: say who is to answer: an agent, a machine, or you", { field: "to" });
  }
  const metadata = options === undefined ? undefined : { options };
  if (message === undefined) return { ...given, type: questionType, metadata };
  if (message.type !== questionType) {
    throw new BridgeError("invalid_input", `message.type: must be ${questionType}`, { field: "message.type" });
  }
  return metadata === undefined
    ? given
    : { ...given, message: { ...message, metadata: { ...message.metadata, ...metadata } } };
}

/** What to tell the asker. The new question stands, also when the old one was answered in the last moment. */
async function replace(
  old: NonNullable<Input["supersedes"]>,
  { id, sender }: { readonly id: string; readonly sender: string },
  { store, agents }: Context,
): Promise<string | undefined> {
  // The same words again are the same question: it stands.
  if (id === old) return "it is the same question: it stands";
  try {
    const withdrawn = await store.fates.withdraw(old, supersededBy(id as typeof old));
    await tellOfWithdrawal(withdrawn, sender, agents);
    return undefined;
  } catch (error) {
    if (error instanceof BridgeError && error.code === "conflict") return `${old} was answered before this replaced it`;
    throw error;
  }
}

async function waitForAnswer(seq: Seq, seconds: number, context: Context) {
  const { store } = context;
  const { receipts, answer } = await answerTo(seq, seconds, context);
  const now = { receipts: receipts.map((receipt) => toWireReceipt(store.epoch, receipt)) };
  return answer === undefined ? now : { ...now, answer: toWire(answer, "parsed") };
}
