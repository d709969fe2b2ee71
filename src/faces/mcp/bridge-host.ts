import type { Bridge, Caller } from "../../core/bridge.ts";
import { BridgeError } from "../../core/errors.ts";
import { may } from "../../core/principal.ts";
import { operations } from "../../operations/index.ts";
import type { ToolHost } from "./tool-host.ts";
import { unreadLine } from "./unread-words.ts";

/** Agents of which it is remembered what they were told of; beyond, the one told longest ago may be told once more. */
const maxTold = 10_000;
/** Unread messages that a line looks at. */
const maxCounted = 100;

/** The tools of a bridge in this process. */
export interface BridgeHost extends ToolHost {
  /** The caller's client has these messages whole. */
  delivered(ids: readonly string[], caller: Caller): void;
}

export function createBridgeHost(bridge: Bridge, onError: (error: Error) => void): BridgeHost {
  /** By agent, the newest message that a line has told of. */
  const told = new Map<string, number>();

  return {
    about: bridge.about,
    call: bridge.call,

    async footnotes(carried, caller) {
      if (caller.agent === undefined || !may(caller.principal, "read")) return [];
      const key = JSON.stringify([caller.principal.id, caller.agent]);
      const after = told.get(key) ?? 0;
      const { messages, next } = await bridge.call(operations.inbox, { after, limit: maxCounted }, caller);
      const fresh = messages.filter(({ id, quiet }) => quiet !== true && !carried.includes(id));
      told.delete(key);
      told.set(key, next);
      for (const oldest of told.keys()) {
        if (told.size <= maxTold) break;
        told.delete(oldest);
      }
      return fresh.length === 0 ? [] : [unreadLine(fresh)];
    },

    delivered(ids, caller) {
      if (caller.agent === undefined) return;
      const marks = ids.map((id) => ({ message_id: id, state: "in_context" }));
      bridge.call(operations.mark, { marks }, caller).catch((error: unknown) => {
        // A bridge that is closing, or rights that were taken meanwhile: then it is not known to have been read.
        if (!(error instanceof BridgeError)) onError(error instanceof Error ? error : new Error(String(error)));
      });
    },
  };
}
