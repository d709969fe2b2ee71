import { BridgeError } from "../client/index.ts";
import { backoffMs } from "../client/retry.ts";
import type { Backoff, Timer } from "../client/index.ts";
import { linked, pause } from "../client/timer.ts";
import { inboxWaitSeconds, maxMarksAtOnce, olderBridgeMs } from "./limits.ts";
import type { Link } from "./link.ts";
import { type Digest, digestFrom } from "./digest.ts";
import { type Unread, type UnreadMessage, unreadFrom } from "./unread.ts";

/** The one request that is always open: it answers when there is something for the agent. */
export interface Inbox {
  /** Runs until the signal aborts, over whatever breaks. */
  run(signal: AbortSignal): Promise<void>;
  /** Begins again from the start: the agent has another name. */
  restart(): void;
}

export interface InboxParts {
  readonly link: Link;
  readonly unread: Unread;
  readonly timer: Timer;
  readonly backoff: Backoff;
  /** What has come and was not here before. */
  readonly onArrived: (messages: readonly UnreadMessage[]) => void;
  /** What else came in channels that the agent reads. */
  readonly onDigest: (digest: Digest) => void;
  /** The agent's whole name, as the bridge has it. */
  readonly onAgent: (agent: string) => void;
  /** What is not the bridge's doing. */
  readonly onError: (error: unknown) => void;
}

interface Page {
  readonly messages: readonly UnreadMessage[];
  /** Of the agent in all, on the bridge. */
  readonly unread: number;
  readonly next: number;
  readonly digest: Digest;
}

const pageSize = maxMarksAtOnce;

export function createInbox({ link, unread, timer, backoff, ...on }: InboxParts): Inbox {
  let after = 0;
  let failures = 0;
  let begin = () => {};
  /** A bridge that has just come is asked for a short answer first: that it is there should be known at once. */
  let isNew = true;

  async function look(from: number, waitSeconds: number, signal: AbortSignal): Promise<Page> {
    const body = { wait_seconds: waitSeconds, after: from, limit: pageSize };
    const answer = await link.ask({ path: "/api/inbox", body, moreMs: waitSeconds * 1000 }, { signal, patienceMs: 0 });
    return pageFrom(answer, from, on.onAgent);
  }

  async function round(signal: AbortSignal): Promise<void> {
    const page = await look(after, isNew ? 0 : inboxWaitSeconds, signal);
    if (page.messages.length > 0 && page.next <= after) {
      throw new BridgeError("unexpected_answer", "the inbox gives what it gave before");
    }
    isNew = false;
    failures = 0;
    after = page.next;
    on.onDigest(page.digest);
    const arrived = unread.add(page.messages);
    if (arrived.length > 0) on.onArrived(arrived);
    if (page.messages.length > 0 || page.unread >= unread.all().length) return;
    // Some was read elsewhere. What one page can list is compared.
    const whole = page.unread > pageSize ? undefined : await look(0, 0, signal);
    if (whole !== undefined) unread.keepOnly(new Set(whole.messages.map(({ id }) => id)));
  }

  return {
    async run(signal) {
      while (!signal.aborted) {
        const link = linked(signal);
        begin = link.end;
        try {
          await round(link.signal);
        } catch (error) {
          isNew = true;
          if (!link.signal.aborted) {
            if (!(error instanceof BridgeError)) on.onError(error);
            const ms = isOlder(error) ? olderBridgeMs : backoffMs(backoff, failures++, retryAfterOf(error));
            await pause(timer, ms, link.signal).catch(() => {});
          }
        } finally {
          link.end();
        }
      }
    },
    restart() {
      after = 0;
      failures = 0;
      unread.clear();
      begin();
    },
  };
}

const isOlder = (error: unknown) => error instanceof BridgeError && error.code === "not_found";
const retryAfterOf = (error: unknown) => (error instanceof BridgeError ? error.retryAfterMs : undefined);

function pageFrom(answer: unknown, from: number, onAgent: (agent: string) => void): Page {
  const { agent, messages, unread, next, digest } = answer as Readonly<Record<string, unknown>>;
  if (!Array.isArray(messages) || typeof unread !== "number") {
    throw new BridgeError("unexpected_answer", "the answer is no inbox");
  }
  if (typeof agent === "string") onAgent(agent);
  const known = messages.map(unreadFrom).filter((message) => message !== undefined);
  return {
    messages: known,
    unread,
    digest: digestFrom(digest),
    next: typeof next === "number" ? next : Math.max(from, ...known.map(({ seq }) => seq)),
  };
}
