import { folded } from "../core/agent-name.ts";
import { unnoticedMs } from "../core/limits.ts";
import type { MessageRow, Row } from "./live/rows.ts";
import { layOut } from "./wire/layout.ts";
import { saidOf, spokenBy } from "./wire/spoken.ts";

/** How a thread stands; what most needs somebody first. */
export const threadStates = ["stalled", "question", "task", "answered", "talk"] as const;
export type ThreadState = (typeof threadStates)[number];

/** The word for each on every surface. */
export const threadWords: Readonly<Record<ThreadState, string>> = {
  stalled: "stalled",
  question: "open question",
  task: "open task",
  answered: "answered",
  talk: "conversation",
};

export interface Thread {
  /** Raw. */
  readonly name: string;
  readonly state: ThreadState;
  /** Raw, by who came first. */
  readonly participants: readonly string[];
  readonly messages: number;
  /** Milliseconds since the Unix epoch. */
  readonly beganAt: number;
  readonly lastAt: number;
  readonly last: MessageRow;
}

/**
 * The threads of these messages, those that stand still first, then by what they wait for, the last one that was spoken
 * in first. A thread stands still when what was asked in it was kept back or failed, or nobody has said a word for as
 * long as a message may lie unnoticed.
 */
export function threadsOf(rows: readonly Row[], now: number): readonly Thread[] {
  const messages = rows.filter((row) => row.kind === "message");
  const named = messages.filter(({ message }) => saidOf(message).thread !== undefined);
  const { bars, lines } = layOut(messages, { most: Number.POSITIVE_INFINITY });
  const open = new Set(bars.filter(({ to }) => to === undefined).map(({ key }) => key));
  const closed = new Set(bars.filter(({ to }) => to !== undefined).map(({ key }) => key));
  const failed = new Set(
    lines.flatMap((line) => (line.kind === "arrow" && line.stroke === "failed" ? [line.key] : [])),
  );
  const groups = Map.groupBy(named, ({ message }) => saidOf(message).thread ?? "");
  const threads = [...groups].flatMap(([name, own]): readonly Thread[] => {
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [
      {
        name,
        state: stateOf(own, { open, closed, failed }, now - last.message.acceptedAt),
        participants: participantsIn(own),
        messages: own.length,
        beganAt: first.message.acceptedAt,
        lastAt: last.message.acceptedAt,
        last,
      },
    ];
  });
  return threads.toSorted(
    (a, b) => threadStates.indexOf(a.state) - threadStates.indexOf(b.state) || b.lastAt - a.lastAt,
  );
}

interface Fates {
  readonly open: ReadonlySet<string>;
  readonly closed: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
}

function stateOf(own: readonly MessageRow[], { open, closed, failed }: Fates, quietMs: number): ThreadState {
  const asks = own.filter(({ message }) => isAsking(saidOf(message).type));
  const waiting = asks.filter(({ key }) => open.has(key));
  if (asks.some(({ key }) => failed.has(key) && !closed.has(key))) return "stalled";
  if (waiting.length > 0 && quietMs > unnoticedMs) return "stalled";
  if (waiting.some(({ message }) => saidOf(message).type === "question")) return "question";
  if (waiting.length > 0) return "task";
  return asks.some(({ key }) => closed.has(key)) ? "answered" : "talk";
}

const isAsking = (type: string | undefined) => type === "task" || type === "question";

function participantsIn(own: readonly MessageRow[]): readonly string[] {
  const known = new Map<string, string>();
  for (const row of own) {
    const { from, to } = spokenBy(row);
    for (const name of [from, ...to]) if (!known.has(folded(name))) known.set(folded(name), name);
  }
  return [...known.values()];
}
