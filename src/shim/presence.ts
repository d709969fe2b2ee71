import type { Timer } from "../client/index.ts";
import type { Session } from "../config/session.ts";
import type { Clock } from "../core/clock.ts";
import { formatTime } from "../core/time.ts";
import { clip } from "../faces/mcp/text.ts";
import { type Announcement, createAnnouncer } from "./announcer.ts";
import type { Identity } from "./identity.ts";
import type { Link } from "./link.ts";
import { maxWaitingOn } from "./limits.ts";
import type { OpenWaits } from "./open-waits.ts";

/** What the bridge knows of the agent's doings, kept true. */
export interface Presence {
  changed(): void;
  /** This way has woken the agent. */
  proved(way: string): void;
  /** A local program says it. */
  does(doing: "working" | "idle"): void;
  metClient(client: Announcement["client"] & {}): void;
  /** The agent was called so until now. */
  renamed(old: string): Promise<void>;
  gone(): Promise<void>;
  close(): void;
}

interface PresenceParts {
  readonly link: Link;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly session: Session;
  readonly version: string;
  readonly waits: Pick<OpenWaits, "scopes">;
  readonly ways: () => readonly string[];
  readonly identity: Pick<Identity, "learn">;
}

export function createPresence(parts: PresenceParts): Presence {
  const { link, timer, clock, session, version, waits, ways, identity } = parts;
  let doing: "working" | "idle" | undefined;
  let client: Announcement["client"];
  let proof: Announcement["proved"];

  function announcement(): Announcement {
    const waitsOn = waits.scopes();
    return {
      project: session.project,
      client,
      shim: version,
      ways: ways(),
      proved: proof,
      ...(waitsOn.length > 0 ? { doing: "waiting", waiting_on: clip(waitsOn.join(", "), maxWaitingOn) } : { doing }),
    };
  }

  const announcer = createAnnouncer({ link, timer, announcement, onAgent: identity.learn });
  return {
    changed: announcer.changed,
    close: announcer.close,
    gone: () => announcer.gone(),
    proved(way) {
      proof = { way, at: formatTime(clock.now()) };
      announcer.changed();
    },
    does(what) {
      if (doing === what) return;
      doing = what;
      announcer.changed();
    },
    metClient(known) {
      client = known;
      announcer.changed();
    },
    async renamed(old) {
      await announcer.gone(old);
      announcer.changed();
    },
  };
}
