import type { Backoff, Timer } from "../client/index.ts";
import type { Session } from "../config/session.ts";
import type { Clock } from "../core/clock.ts";
import type { Identity } from "./identity.ts";
import { createInbox } from "./inbox.ts";
import type { Link } from "./link.ts";
import type { Digest } from "./digest.ts";
import { createMarks } from "./marks.ts";
import type { OpenWaits } from "./open-waits.ts";
import type { Presence } from "./presence.ts";
import { createUnread, type Unread } from "./unread.ts";
import { inboxSocket } from "./wake/inbox-socket.ts";
import { openWait } from "./wake/open-wait.ts";
import { createProber, type Prober } from "./wake/prober.ts";
import { toolLine } from "./wake/tool-line.ts";
import { createWake } from "./wake/wake.ts";
import { createWatchers, type Watchers } from "./wake/watchers.ts";

/** What is for the agent: from the bridge to this machine, and from here to the agent's attention. */
export interface Mail {
  readonly unread: Unread;
  readonly watchers: Readonly<Record<Watchers["name"], Watchers>>;
  readonly prober: Prober;
  /** What else came in channels that the agent reads, as the bridge said within the last minute. */
  digest(): Digest;
  run(signal: AbortSignal): Promise<void>;
  /** The agent's client has these whole. */
  delivered(ids: readonly string[]): void;
  /** By which the agent could be woken now. */
  ways(): readonly string[];
  /** The agent has another name, and so another inbox. */
  restart(): void;
  /** Resolves when the bridge was told what there was to tell. */
  close(): Promise<void>;
}

interface MailParts {
  readonly link: Link;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly waits: OpenWaits;
  readonly presence: Pick<Presence, "changed" | "proved" | "isWorking">;
  readonly identity: Pick<Identity, "learn">;
  readonly inbox: Session["inbox"];
  readonly onError: (error: unknown) => void;
}

export function createMail(parts: MailParts): Mail {
  const { link, timer, clock, backoff, waits, presence, identity, onError, ...session } = parts;
  const unread = createUnread();
  let digest: Digest = [];
  const marks = createMarks(link);
  const monitor = createWatchers("monitor", presence.changed);
  const hook = createWatchers("hook", presence.changed);
  const ways = [openWait(waits), monitor, inboxSocket(session.inbox), hook];
  const wake = createWake({
    ways: [...ways, toolLine],
    timer,
    stillUnread: (messages) => messages.filter(({ id }) => unread.has(id)),
    onProved: presence.proved,
    onError,
  });
  const prober = createProber({ ways, timer, clock, isWorking: presence.isWorking, onResult: wake.tried });
  const inbox = createInbox({
    link,
    unread,
    timer,
    backoff,
    onAgent: identity.learn,
    onDigest: (newest) => {
      digest = newest;
    },
    onError,
    onArrived(messages) {
      const ids = messages.map(({ id }) => id);
      marks.mark(ids, "at_machine");
      const worthATurn = messages.filter(({ isQuiet }) => !isQuiet);
      if (worthATurn.length > 0) wake.arrived(worthATurn);
    },
  });
  return {
    unread,
    watchers: { monitor, hook },
    prober,
    digest: () => digest,
    run: inbox.run,
    delivered(ids) {
      marks.mark(ids, "in_context");
      if (unread.remove(ids)) wake.hasRead();
    },
    ways: wake.available,
    restart() {
      marks.clear();
      digest = [];
      inbox.restart();
    },
    close() {
      wake.close();
      return marks.settled();
    },
  };
}
