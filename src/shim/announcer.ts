import type { Timer } from "../client/index.ts";
import type { Link } from "./link.ts";
import { announceMs, goodbyeMs } from "./limits.ts";

/** What the bridge is told of the agent. */
export interface Announcement {
  readonly project: string;
  readonly client?: { readonly name: string; readonly version: string } | undefined;
  /** The shim's version. */
  readonly shim: string;
  readonly doing?: "working" | "idle" | "waiting" | undefined;
  readonly waiting_on?: string | undefined;
  readonly ways: readonly string[];
  /** The way that has just woken the agent. */
  readonly proved?: { readonly way: string } | undefined;
}

/** Says who is here: now, when something changes, and again and again, because a heartbeat that stops says the rest. */
export interface Announcer {
  /** Something has changed; several changes of one moment are one announcement. */
  changed(): void;
  /** Resolves when nothing is being said. */
  settled(): Promise<void>;
  /** The agent of this name, ours unless told, is no more. */
  gone(agent?: string): Promise<void>;
  close(): void;
}

interface AnnouncerParts {
  readonly link: Link;
  readonly timer: Timer;
  /** What is to be said now; `said` is called when the bridge has heard it. */
  readonly announcement: () => { readonly announcement: Announcement; said(): void };
  readonly onAgent: (agent: string) => void;
}

const path = "/api/agents";

export function createAnnouncer({ link, timer, announcement: next, onAgent }: AnnouncerParts): Announcer {
  let isClosed = false;
  let running: Promise<void> | undefined;
  let isStale = false;
  let cancelBeat = () => {};

  async function announce(): Promise<void> {
    cancelBeat();
    do {
      isStale = false;
      try {
        const { announcement, said } = next();
        const answer = await link.ask({ path, body: { ...announcement } }, { patienceMs: 0 });
        said();
        const { agent } = answer as Readonly<Record<string, unknown>>;
        if (typeof agent === "string" && !isStale) onAgent(agent);
      } catch {
        // The next beat says it; a bridge that is older does not know of agents.
      }
    } while (isStale && !isClosed);
    if (!isClosed) cancelBeat = timer(announceMs, changed);
  }

  function changed(): void {
    if (isClosed) return;
    isStale = true;
    running ??= Promise.resolve()
      .then(announce)
      .finally(() => (running = undefined));
  }
  link.onConnected(changed);

  return {
    changed,
    async settled() {
      while (running !== undefined) await running;
    },
    async gone(agent) {
      const goodbye = { path, body: { gone: true }, ...(agent === undefined ? {} : { agent }) };
      await link.ask(goodbye, { patienceMs: 0, signal: AbortSignal.timeout(goodbyeMs) }).catch(() => undefined);
    },
    close() {
      isClosed = true;
      cancelBeat();
    },
  };
}
