import type { Timer } from "../../client/index.ts";
import { gatherMs, proveWithinMs, togetherMs } from "../limits.ts";
import type { UnreadMessage } from "../unread.ts";
import { nudgeText } from "../../faces/mcp/unread-words.ts";
import type { Way, WayName } from "./way.ts";

/** Decides how the agent is told that something has come for it. Each message is nudged for once by a proved way. */
export interface Wake {
  arrived(messages: readonly UnreadMessage[]): void;
  /** The agent looks at its mail: what nudged it last has worked. */
  hasRead(): void;
  /** Somebody has tried this way: a nudge by one that was silent gets no trust any more. */
  tried(way: WayName, isProved: boolean): void;
  /** The ways that could be used now. */
  available(): readonly WayName[];
  close(): void;
}

export interface WakeParts {
  /** In the order in which they are to be used. */
  readonly ways: readonly Way[];
  readonly timer: Timer;
  /** What is still unread of them. */
  readonly stillUnread: (messages: readonly UnreadMessage[]) => readonly UnreadMessage[];
  readonly onProved: (way: WayName) => void;
  readonly onError: (error: unknown) => void;
}

export function createWake({ ways, timer, stillUnread, onProved, onError }: WakeParts): Wake {
  const proved = new Set<WayName>();
  let gathered: readonly UnreadMessage[] = [];
  let cancelGathering: (() => void) | undefined;
  /** What was nudged for and not read yet, with the ways that were tried. */
  let open: { readonly messages: readonly UnreadMessage[]; readonly tried: readonly WayName[] } | undefined;
  let cancelProof: (() => void) | undefined;

  function tell(messages: readonly UnreadMessage[], tried: readonly WayName[]): void {
    const left = stillUnread(messages);
    const usable = ways.filter((way) => !tried.includes(way.name) && way.isAvailable(left));
    const way = usable.find(({ name }) => name === "open-wait" || proved.has(name)) ?? usable[0];
    if (left.length === 0 || way === undefined) return;
    open = { messages: left, tried: [...tried, way.name] };
    way.nudge(nudgeText(left)).catch(onError);
    if (!proved.has(way.name)) cancelProof ??= timer(proveWithinMs, goOn);
  }

  /** The way brought nothing in its time, and never has: the next. */
  function goOn(): void {
    cancelProof = undefined;
    if (open !== undefined) tell(open.messages, open.tried);
  }

  /** What a way that was never proved has told of is told of again with what is new; it gets no more time for that. */
  function tellGathered(): void {
    cancelGathering = undefined;
    const fresh = gathered;
    gathered = [];
    if (open === undefined || cancelProof === undefined) tell(fresh, []);
    else tell([...open.messages, ...fresh], open.tried.slice(0, -1));
  }

  function stopProof(): void {
    cancelProof?.();
    cancelProof = undefined;
  }

  return {
    arrived(messages) {
      gathered = [...gathered, ...messages];
      cancelGathering ??= timer(open === undefined ? togetherMs : gatherMs, tellGathered);
    },
    hasRead() {
      stopProof();
      const way = open?.tried.at(-1);
      open = undefined;
      // A line under a result is read by whoever is awake already.
      if (way === undefined || way === "tool-line" || proved.has(way)) return;
      proved.add(way);
      onProved(way);
    },
    tried(way, isProved) {
      proved.delete(way);
      if (!isProved) return;
      proved.add(way);
      onProved(way);
    },
    available: () => ways.filter((way) => way.name !== "tool-line" && way.isAvailable([])).map(({ name }) => name),
    close() {
      cancelGathering?.();
      stopProof();
    },
  };
}
