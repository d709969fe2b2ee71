import { z } from "zod";
import { anyPerson, machineOf } from "../core/agent-name.ts";
import { readContent } from "../core/envelope.ts";
import { maxNeeds, maxQuestionShown, recentFailureMs, unnoticedMs } from "../core/limits.ts";
import { type Context, defineOperation } from "../core/operation.ts";
import { may } from "../core/principal.ts";
import { reachOf } from "../core/presence.ts";
import { isWithdrawn, questionType } from "../core/question.ts";
import type { Waiting } from "../core/receipts.ts";
import { formatTime } from "../core/time.ts";
import { toWireReceipt, wireReceipt } from "../core/wire-receipt.ts";
import { toWire, wireMessage } from "../core/wire.ts";

const need = z.object({
  message: wireMessage,
  receipt: wireReceipt,
  since: z.string().describe("Since when it is so"),
});

const question = need.extend({
  text: z.string().describe("The question, at most its first 2000 characters"),
  options: z.array(z.string()).describe("Quick answers"),
});

const loop = z.object({
  pair: z.array(z.string()).optional().describe("The two agents that talk to each other without an end"),
  thread: z.object({ channel: z.string(), thread: z.string() }).optional().describe("Or the thread in which they do"),
  reason: z.string(),
  held: z.int().describe("How many messages were kept back for it"),
  since: z.string(),
});

export const needs = defineOperation({
  name: "needs",
  title: "What needs a person",
  summary: "Open questions to you or to any person, unnoticed messages, what was held or failed, and loops.",
  permission: "read",
  effect: "reads",
  input: z.object({}),
  output: z.object({
    questions: z.array(question).describe("Not answered yet, the newest first"),
    unnoticed: z.array(need).describe("For agents that are away, and at no machine yet, the oldest first"),
    failed: z.array(need).describe("Held, and lately expired or refused; the last first"),
    loops: z.array(loop).describe("Where agents are kept from waking each other, the last first"),
  }),

  async run(_input, context) {
    const { store, clock, self } = context;
    const now = clock.now();
    const isAway = await findWhoIsAway(context);
    const isRecent = ({ receipt: { state, times } }: Waiting) =>
      state === "held" || now - (times[state] ?? 0) < recentFailureMs;
    // What a person has refused is what that person wanted.
    const isRefusedHere = ({ receipt: { state, agent } }: Waiting) =>
      state === "refused" && (agent === anyPerson || self?.mailboxes.includes(agent) === true);
    const isFailure = (found: Waiting) => isRecent(found) && !isWithdrawn(found.receipt) && !isRefusedHere(found);
    const [questions, unnoticed, failed] = await Promise.all([
      store.needs.open(maxNeeds, isOpenQuestion),
      store.needs.unnoticed(now - unnoticedMs, maxNeeds, ({ receipt: { agent } }) => isAway(agent)),
      store.needs.failed(maxNeeds, isFailure),
    ]);
    const row = (found: Waiting) => toNeed(found, store.epoch);
    return {
      questions: questions.map((found) => ({ ...row(found), ...wordsOf(found) })),
      unnoticed: unnoticed.map(row),
      failed: failed.map(row),
      loops: loopsFor(context),
    };
  },
});

/** Of a thread that one may not read nothing is told. */
function loopsFor({ agents, principal }: Context): z.output<typeof loop>[] {
  const readable = agents
    .breakers()
    .filter(({ breaker }) => breaker.kind === "pair" || may(principal, "read", breaker.channel));
  const newest = readable.toSorted((a, b) => b.closedAt - a.closedAt).slice(0, maxNeeds);
  return newest.map(({ breaker, reason, held, closedAt }) => ({
    ...(breaker.kind === "pair"
      ? { pair: [...breaker.between] }
      : { thread: { channel: breaker.channel, thread: breaker.thread } }),
    reason,
    held,
    since: formatTime(closedAt),
  }));
}

/** A message to a person waits for that person, who is looking at it now. */
async function findWhoIsAway({ agents, clock }: Context): Promise<(agent: string) => boolean> {
  const here = (await agents.list()).filter((one) => reachOf(one, clock.now()).reach !== "away");
  const names = new Set(here.flatMap(({ name }) => [name, machineOf(name) ?? name]));
  return (agent) => agent !== anyPerson && !names.has(agent);
}

function isOpenQuestion({ receipt, message }: Waiting): boolean {
  if (isWithdrawn(receipt)) return false;
  const reading = readContent(message.content);
  return reading.encoding === "structured" && reading.envelope.type === questionType;
}

function toNeed({ receipt, message }: Waiting, epoch: Context["store"]["epoch"]): z.output<typeof need> {
  const since = formatTime(receipt.times[receipt.state] ?? message.acceptedAt);
  return { message: toWire(message, "row"), receipt: toWireReceipt(epoch, receipt), since };
}

const quickAnswers = z.object({ options: z.array(z.string()) });

function wordsOf({ message: { content } }: Waiting): { readonly text: string; readonly options: string[] } {
  const reading = readContent(content);
  const { content: inside, metadata } = reading.encoding === "structured" ? reading.envelope : {};
  const text = typeof inside === "string" ? inside : JSON.stringify(inside ?? content);
  const options = quickAnswers.safeParse(metadata).data?.options ?? [];
  return { text: text.slice(0, maxQuestionShown).toWellFormed(), options };
}
