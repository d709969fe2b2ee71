import { isAway, type Link } from "./link.ts";
import { maxMarks, maxMarksAtOnce } from "./limits.ts";

export type Mark = "at_machine" | "in_context";

/** Tells the bridge how far messages got, when it is there. What it does not take is let go: a mark is no message. */
export interface Marks {
  mark(ids: readonly string[], state: Mark): void;
  /** Forgets the marks of the agent that this was until now. */
  clear(): void;
  /** Resolves when nothing is left that could be said now. */
  settled(): Promise<void>;
}

export function createMarks(link: Link): Marks {
  const waiting = new Map<string, Mark>();
  let running: Promise<void> | undefined;

  async function post(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, maxMarksAtOnce);
      const marks = batch.map(([id, state]) => ({ message_id: id, state }));
      try {
        await link.ask({ path: "/api/receipts", body: { marks } }, { patienceMs: 0 });
      } catch (error) {
        // When the bridge is back, all of it is said again.
        if (isAway(error)) return;
      }
      for (const [id, state] of batch) if (waiting.get(id) === state) waiting.delete(id);
    }
  }

  function start(): void {
    running ??= post().finally(() => (running = undefined));
  }
  link.onConnected(start);

  return {
    mark(ids, state) {
      for (const id of ids) if (waiting.get(id) !== "in_context") waiting.set(id, state);
      for (const id of waiting.keys()) {
        if (waiting.size <= maxMarks) break;
        waiting.delete(id);
      }
      start();
    },
    clear: () => waiting.clear(),
    async settled() {
      while (running !== undefined) await running;
    },
  };
}
