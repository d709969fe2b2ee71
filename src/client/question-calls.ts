import { maxHttpWaitSeconds } from "../core/limits.ts";
import type { MessageId } from "../core/message.ts";
import { messageFrom, type ReceivedMessage } from "./received.ts";
import { type Needs, needsFrom } from "./needs.ts";
import { type Receipt, receiptsIn } from "./receipt.ts";
import { ask } from "./retry.ts";
import { mintKey, type Outgoing } from "./send.ts";
import { type Sent, sentFrom } from "./sent.ts";
import type { CallOptions, Settings } from "./settings.ts";
import { fieldsOf, flag, isFields, time } from "./shape.ts";

/** A question to somebody: an agent, a machine, or `you` for any person. */
export interface Question extends Omit<Outgoing, "to" | "type" | "replyTo" | "ttlSeconds"> {
  readonly to: string;
  /** Quick answers. */
  readonly options?: readonly string[] | undefined;
  /** Until when it is to be answered; an hour unless told. */
  readonly deadlineSeconds?: number | undefined;
  /** How long to wait for the answer; not at all unless told. */
  readonly waitSeconds?: number | undefined;
  /** The id of an own question that this one replaces. */
  readonly supersedes?: string | undefined;
}

export interface Ticket extends Sent {
  /** Milliseconds since the Unix epoch. */
  readonly deadline: number;
  /** If it came while the call waited. */
  readonly answer: ReceivedMessage | undefined;
}

export interface Released {
  /** Those that were held until now. */
  readonly receipts: readonly Receipt[];
  /** Whether the agents were kept from each other until now. */
  readonly reopened: boolean;
}

/** A held message, two agents that were in a loop, or a thread that was. */
export type Releasing =
  | { readonly id: string }
  | { readonly pair: readonly [string, string] }
  | { readonly thread: { readonly channel: string; readonly thread: string } };

export interface QuestionCalls {
  /** Asks once, however often it must be tried. The answer comes into the asker's inbox, whenever it does. */
  ask(question: Question, options?: CallOptions): Promise<Ticket>;
  /** Takes an own question back. Rejects with `conflict` when it was answered. */
  cancel(id: string, reason?: string, options?: CallOptions): Promise<readonly Receipt[]>;
  /** What a person should look at. */
  needs(options?: CallOptions): Promise<Needs>;
  /** Lets go of what is held. For administrators. */
  release(what: Releasing, options?: CallOptions): Promise<Released>;
}

export function createQuestionCalls(settings: Settings): QuestionCalls {
  return {
    ask: (question, call) => askQuestion(settings, question, call),
    cancel: async (id, reason, call) =>
      receiptsIn(fieldsOf(await ask(settings, { path: "/api/cancel", body: { id, reason } }, call))),
    needs: async (call) => needsFrom(await ask(settings, { path: "/api/needs" }, call)),
    async release(what, call) {
      const fields = fieldsOf(await ask(settings, { path: "/api/release", body: { ...what } }, call));
      return { receipts: receiptsIn(fields), reopened: flag(fields, "reopened") };
    },
  };
}

/** Each request waits as long as HTTP lets it; with its key the question is one. */
async function askQuestion(settings: Settings, question: Question, call?: CallOptions): Promise<Ticket> {
  const { waitSeconds = 0, idempotencyKey = mintKey() } = question;
  for (let left = waitSeconds; ; left -= maxHttpWaitSeconds) {
    const seconds = Math.max(0, Math.min(left, maxHttpWaitSeconds));
    const body = { ...bodyOf(settings, question), idempotency_key: idempotencyKey, wait_seconds: seconds };
    const ticket = ticketFrom(await ask(settings, { path: "/api/ask", body, moreMs: seconds * 1000 }, call));
    if (ticket.answer !== undefined || left <= maxHttpWaitSeconds) return ticket;
    if (await isOver(settings, ticket.id, call)) return ticket;
  }
}

function bodyOf({ sender: own }: Settings, question: Question): object {
  const { channel, sender = own, content, to, threadId, envelope, options, deadlineSeconds, supersedes } = question;
  return {
    channel,
    sender,
    content,
    to,
    thread_id: threadId,
    message: envelope,
    options,
    deadline_seconds: deadlineSeconds,
    supersedes,
  };
}

function ticketFrom(value: unknown): Ticket {
  const fields = fieldsOf(value);
  const { answer } = fields;
  return {
    ...sentFrom(fields),
    deadline: time(fields, "deadline"),
    answer: isFields(answer) ? messageFrom(answer) : undefined,
  };
}

/** Whether nobody will answer any more: then the bridge does not wait either. */
async function isOver(settings: Settings, id: MessageId, call?: CallOptions): Promise<boolean> {
  const answer = await ask(settings, { path: "/api/receipts", query: [["message_ids", id]] }, call);
  const ended = new Set<string>(["expired", "refused", "answered"]);
  return receiptsIn(fieldsOf(answer)).every(({ state }) => ended.has(state));
}
