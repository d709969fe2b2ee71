import type { Timer } from "../client/index.ts";
import type { Session } from "../config/session.ts";
import { clip } from "../faces/mcp/text.ts";
import { type Announcement, createAnnouncer } from "./announcer.ts";
import type { Identity } from "./identity.ts";
import type { Link } from "./link.ts";
import { maxName, maxWords } from "./limits.ts";
import type { OpenWaits } from "./open-waits.ts";

/** What the bridge knows of the agent's doings, kept true. */
export interface Presence {
  changed(): void;
  /** This way has woken the agent. */
  proved(way: string): void;
  /** A local program says it. */
  does(doing: "working" | "idle"): void;
  isWorking(): boolean;
  /** Resolves when the bridge has heard, or could not hear, what there is to say. */
  settled(): Promise<void>;
  metClient(client: Announcement["client"] & {}): void;
  /** The agent was called so until now. */
  renamed(old: string): Promise<void>;
  gone(): Promise<void>;
  close(): void;
}

interface PresenceParts {
  readonly link: Link;
  readonly timer: Timer;
  readonly session: Session;
  readonly version: string;
  readonly waits: Pick<OpenWaits, "scopes">;
  readonly ways: () => readonly string[];
  readonly identity: Pick<Identity, "learn">;
}

export function createPresence(parts: PresenceParts): Presence {
  const { link, timer, session, version, waits, ways, identity } = parts;
  // A session that has just begun has done nothing yet.
  let doing: "working" | "idle" = "idle";
  let client: Announcement["client"];
  /** A way that was proved, until the bridge knows it: it counts from when it hears it. */
  let proof: Announcement["proved"];

  function announcement() {
    const waitsOn = waits.scopes();
    const proved = proof;
    const now: Announcement = {
      project: clip(session.project, maxWords),
      client,
      shim: version,
      ways: ways(),
      proved,
      ...(waitsOn.length > 0 ? { doing: "waiting", waiting_on: clip(waitsOn.join(", "), maxWords) } : { doing }),
    };
    const said = () => {
      if (proof === proved) proof = undefined;
    };
    return { announcement: now, said };
  }

  const announcer = createAnnouncer({ link, timer, announcement, onAgent: identity.learn });
  return {
    changed: announcer.changed,
    close: announcer.close,
    settled: announcer.settled,
    gone: () => announcer.gone(),
    isWorking: () => doing === "working",
    proved(way) {
      proof = { way };
      announcer.changed();
    },
    does(what) {
      if (doing === what) return;
      doing = what;
      announcer.changed();
    },
    metClient(known) {
      client = { name: clip(known.name, maxName), version: clip(known.version, maxName) };
      announcer.changed();
    },
    async renamed(old) {
      await announcer.gone(old);
      announcer.changed();
    },
  };
}
