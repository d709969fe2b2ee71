import type { JSONRPCMessage } from "@modelcontextprotocol/server";

/** The requests of a session that have no answer yet. */
export interface Unanswered {
  received(message: JSONRPCMessage): void;
  sent(message: JSONRPCMessage): void;
  /** Calls `end` once when nothing is left to answer, or after `patienceMs`. */
  whenNone(patienceMs: number, end: () => void): void;
}

export function createUnanswered(): Unanswered {
  const ids = new Set<unknown>();
  let onNone: (() => void) | undefined;

  function done(id: unknown): void {
    ids.delete(id);
    if (ids.size === 0) onNone?.();
  }

  return {
    received(message) {
      if (!("method" in message)) return;
      if ("id" in message) ids.add(message.id);
      // What is cancelled gets no answer.
      else if (message.method === "notifications/cancelled") done(message.params?.["requestId"]);
    },
    sent(message) {
      if (!("method" in message)) done(message.id);
    },
    whenNone(patienceMs, end) {
      if (ids.size === 0) return end();
      const timer = setTimeout(end, patienceMs);
      onNone = () => {
        clearTimeout(timer);
        onNone = undefined;
        end();
      };
    },
  };
}
